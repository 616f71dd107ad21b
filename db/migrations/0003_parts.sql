CREATE TABLE "audit_events" (
	"number" bigint PRIMARY KEY NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor" text,
	"organisations" text[] NOT NULL,
	"purpose" text NOT NULL,
	"request_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"subject_kind" text,
	"subject" text,
	"outcome" text NOT NULL,
	"counts" jsonb,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "equality_parts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cycle_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"ethnicity" text NOT NULL,
	"receipt_hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rating_parts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cycle_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"service" text,
	"perspective" text NOT NULL,
	"as_is" smallint[] NOT NULL,
	"to_be" smallint[] NOT NULL,
	"receipt_hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "text_parts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cycle_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"service" text,
	"perspective" text,
	"question" text NOT NULL,
	"text" text,
	"safeguarding" boolean NOT NULL,
	"decision" text,
	"decision_reason" text,
	"receipt_hash" "bytea" NOT NULL,
	CONSTRAINT "text_parts_deleted" CHECK (("text_parts"."text" is null) = ("text_parts"."decision" is not distinct from 'delete'))
);
--> statement-breakpoint
CREATE TABLE "used_receipts" (
	"receipt_hash" "bytea" PRIMARY KEY NOT NULL,
	"cycle_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cycles" ADD COLUMN "retention_days" integer DEFAULT 365 NOT NULL;--> statement-breakpoint
ALTER TABLE "cycles" ADD COLUMN "legal_hold_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "cycles" ADD COLUMN "legal_hold_reason" text;--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "safeguarding" boolean[];--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "rating_receipt" "bytea";--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "text_receipts" "bytea"[];--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "equality_receipt" "bytea";--> statement-breakpoint
CREATE INDEX "audit_events_organisations" ON "audit_events" USING gin ("organisations");--> statement-breakpoint
CREATE INDEX "equality_parts_cycle_organisation" ON "equality_parts" USING btree ("cycle_id","organisation");--> statement-breakpoint
CREATE INDEX "equality_parts_receipt_hash" ON "equality_parts" USING btree ("receipt_hash");--> statement-breakpoint
CREATE INDEX "rating_parts_cycle_organisation" ON "rating_parts" USING btree ("cycle_id","organisation");--> statement-breakpoint
CREATE INDEX "rating_parts_receipt_hash" ON "rating_parts" USING btree ("receipt_hash");--> statement-breakpoint
CREATE INDEX "text_parts_cycle_organisation" ON "text_parts" USING btree ("cycle_id","organisation");--> statement-breakpoint
CREATE INDEX "text_parts_waiting" ON "text_parts" USING btree ("cycle_id","id") WHERE "text_parts"."decision" is null;--> statement-breakpoint
CREATE INDEX "text_parts_receipt_hash" ON "text_parts" USING btree ("receipt_hash");--> statement-breakpoint
CREATE INDEX "used_receipts_cycle" ON "used_receipts" USING btree ("cycle_id");--> statement-breakpoint
CREATE INDEX "inbox_rating_receipt" ON "inbox" USING btree ("rating_receipt");--> statement-breakpoint
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_retention_days" CHECK ("cycles"."retention_days" between 1 and 3650);--> statement-breakpoint
CREATE VIEW "public"."published_loop_records" WITH (security_barrier = true) AS (
  select record.id, publication.version, record.organisation, record.cycle_id,
    case when record.withdrawn_at is null then publication.title end as title,
    case when record.withdrawn_at is null then publication.you_said end as you_said,
    case when record.withdrawn_at is null then publication.we_did end as we_did,
    case when record.withdrawn_at is null then publication.difference end as difference,
    case when record.withdrawn_at is null then publication.look_again_on end as look_again_on,
    publication.published_at,
    (select min(first.published_at) from loop_record_publications as first where first.record_id = record.id)
      as first_published_at,
    record.withdrawn_at
  from loop_records as record
  join loop_record_publications as publication
    on publication.record_id = record.id and publication.version = record.published_version);