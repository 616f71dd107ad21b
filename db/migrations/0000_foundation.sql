CREATE TABLE "api_clients" (
	"client_id" text PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"title" text NOT NULL,
	"organisations" text[] NOT NULL,
	"scopes" text[] NOT NULL,
	"jwks" jsonb,
	"jwks_url" text,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "spent_assertions" (
	"client_id" text NOT NULL,
	"jti_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "spent_assertions_client_id_jti_hash_pk" PRIMARY KEY("client_id","jti_hash")
);
--> statement-breakpoint
CREATE TABLE "cycles" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"title" text NOT NULL,
	"organisations" text[] NOT NULL,
	"standard_set_id" text NOT NULL,
	"standard_set_version" integer NOT NULL,
	"perspectives" text[] NOT NULL,
	"questions" jsonb NOT NULL,
	"services" jsonb NOT NULL,
	"channels" text[] NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"threshold" integer NOT NULL,
	"round_to" integer NOT NULL,
	"look_again_on" date,
	"scheduled_at" timestamp with time zone,
	"released_at" timestamp with time zone,
	"anonymity_statement" text NOT NULL,
	"anonymity_statement_sha256" text NOT NULL,
	CONSTRAINT "cycles_window" CHECK ("cycles"."closes_at" >= "cycles"."opens_at"),
	CONSTRAINT "cycles_threshold" CHECK ("cycles"."threshold" >= 5)
);
--> statement-breakpoint
CREATE TABLE "idempotency_records" (
	"key_hash" text PRIMARY KEY NOT NULL,
	"cycle_id" uuid NOT NULL,
	"body_hash" text NOT NULL,
	"attempt" uuid NOT NULL,
	"rejected_indexes" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cycle_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"service" text,
	"perspective" text NOT NULL,
	"as_is" smallint[] NOT NULL,
	"to_be" smallint[] NOT NULL,
	"answers" text[] NOT NULL,
	"ethnicity" text
);
--> statement-breakpoint
CREATE TABLE "loop_record_publications" (
	"record_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"you_said" jsonb NOT NULL,
	"we_did" jsonb NOT NULL,
	"difference" text,
	"look_again_on" date,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "loop_record_publications_record_id_version_pk" PRIMARY KEY("record_id","version")
);
--> statement-breakpoint
CREATE TABLE "loop_records" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"organisation" text NOT NULL,
	"cycle_id" uuid,
	"title" text NOT NULL,
	"you_said" jsonb NOT NULL,
	"we_did" jsonb NOT NULL,
	"difference" text,
	"look_again_on" date,
	"updated_at" timestamp with time zone NOT NULL,
	"published_version" integer,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"ods_code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"successor_ods_code" text,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "standard_set_versions" (
	"set_id" text NOT NULL,
	"version" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"title" text NOT NULL,
	"wording_status" text NOT NULL,
	"source" text,
	"licence" text,
	"attribution" text,
	"scale" jsonb NOT NULL,
	"standards" jsonb NOT NULL,
	"co_produced_by" text[] NOT NULL,
	"dissent" text[] NOT NULL,
	"changes" text,
	"published_at" timestamp with time zone,
	CONSTRAINT "standard_set_versions_set_id_version_pk" PRIMARY KEY("set_id","version")
);
--> statement-breakpoint
CREATE TABLE "standard_sets" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation" text
);
--> statement-breakpoint
ALTER TABLE "cycles" ADD CONSTRAINT "cycles_standard_set_id_standard_set_version_standard_set_versions_set_id_version_fk" FOREIGN KEY ("standard_set_id","standard_set_version") REFERENCES "public"."standard_set_versions"("set_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "loop_record_publications" ADD CONSTRAINT "loop_record_publications_record_id_loop_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."loop_records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "loop_records" ADD CONSTRAINT "loop_records_organisation_organisations_ods_code_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("ods_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "loop_records" ADD CONSTRAINT "loop_records_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_set_versions" ADD CONSTRAINT "standard_set_versions_set_id_standard_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."standard_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_sets" ADD CONSTRAINT "standard_sets_organisation_organisations_ods_code_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("ods_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cycles_organisations" ON "cycles" USING gin ("organisations");--> statement-breakpoint
CREATE INDEX "idempotency_records_cycle" ON "idempotency_records" USING btree ("cycle_id");--> statement-breakpoint
CREATE INDEX "inbox_cycle_organisation" ON "inbox" USING btree ("cycle_id","organisation");--> statement-breakpoint
CREATE INDEX "loop_records_organisation" ON "loop_records" USING btree ("organisation");