CREATE TABLE "confirmation_counts" (
	"record_id" uuid NOT NULL,
	"perspective" text NOT NULL,
	"answer" text NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "confirmation_counts_record_id_perspective_answer_pk" PRIMARY KEY("record_id","perspective","answer")
);
--> statement-breakpoint
CREATE TABLE "shown_confirmations" (
	"record_id" uuid PRIMARY KEY NOT NULL,
	"people" integer NOT NULL,
	"rows" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enquiry_categories" (
	"version" integer NOT NULL,
	"code" text NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	CONSTRAINT "enquiry_categories_version_code_pk" PRIMARY KEY("version","code")
);
--> statement-breakpoint
CREATE TABLE "priorities" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"organisation" text NOT NULL,
	"cycle_id" uuid NOT NULL,
	"ranking" jsonb NOT NULL,
	"decided_by" jsonb NOT NULL,
	"decided_on" date NOT NULL,
	"rationale" text NOT NULL,
	"dissent" text[] NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"published_version" integer
);
--> statement-breakpoint
CREATE TABLE "priority_publications" (
	"priority_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"ranking" jsonb NOT NULL,
	"decided_by" jsonb NOT NULL,
	"decided_on" date NOT NULL,
	"rationale" text NOT NULL,
	"dissent" text[] NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "priority_publications_priority_id_version_pk" PRIMARY KEY("priority_id","version")
);
--> statement-breakpoint
CREATE TABLE "question_sets" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"introduction" text NOT NULL,
	"source" text NOT NULL,
	"licence" text NOT NULL,
	"attribution" text NOT NULL,
	"questions" jsonb NOT NULL,
	CONSTRAINT "question_sets_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "theme_publications" (
	"theme_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"vocabulary_version" integer NOT NULL,
	"enquiry_category" text NOT NULL,
	"standards" text[] NOT NULL,
	"quotes" uuid[] NOT NULL,
	"strength" text,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "theme_publications_theme_id_version_pk" PRIMARY KEY("theme_id","version")
);
--> statement-breakpoint
CREATE TABLE "themes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"organisation" text NOT NULL,
	"cycle_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"vocabulary_version" integer NOT NULL,
	"enquiry_category" text NOT NULL,
	"standards" text[] NOT NULL,
	"quotes" uuid[] NOT NULL,
	"split_from" uuid,
	"merged_into" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"published_version" integer,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "text_parts" ADD COLUMN "themes" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "confirmation_counts" ADD CONSTRAINT "confirmation_counts_record_id_loop_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."loop_records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_confirmations" ADD CONSTRAINT "shown_confirmations_record_id_loop_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."loop_records"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priorities" ADD CONSTRAINT "priorities_organisation_organisations_ods_code_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("ods_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priorities" ADD CONSTRAINT "priorities_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_publications" ADD CONSTRAINT "priority_publications_priority_id_priorities_id_fk" FOREIGN KEY ("priority_id") REFERENCES "public"."priorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "theme_publications" ADD CONSTRAINT "theme_publications_theme_id_themes_id_fk" FOREIGN KEY ("theme_id") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_organisation_organisations_ods_code_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisations"("ods_code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_split_from_themes_id_fk" FOREIGN KEY ("split_from") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_merged_into_themes_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."themes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "themes" ADD CONSTRAINT "themes_enquiry_category" FOREIGN KEY ("vocabulary_version","enquiry_category") REFERENCES "public"."enquiry_categories"("version","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "priorities_cycle_organisation" ON "priorities" USING btree ("cycle_id","organisation");--> statement-breakpoint
CREATE INDEX "themes_cycle_organisation" ON "themes" USING btree ("cycle_id","organisation");--> statement-breakpoint
CREATE INDEX "text_parts_themes" ON "text_parts" USING gin ("themes");--> statement-breakpoint
CREATE VIEW "public"."published_loop_record_versions" WITH (security_barrier = true) AS (
  select record.id as record_id, publication.version, record.organisation, record.cycle_id, publication.title,
    publication.you_said, publication.we_did, publication.difference, publication.look_again_on, publication.published_at
  from loop_records as record
  join loop_record_publications as publication on publication.record_id = record.id
  where record.withdrawn_at is null);--> statement-breakpoint
CREATE VIEW "public"."published_priorities" WITH (security_barrier = true) AS (
  select priority.id, publication.version, priority.organisation, priority.cycle_id, publication.ranking,
    publication.decided_by, publication.decided_on, publication.rationale, publication.dissent, publication.published_at
  from priorities as priority
  join priority_publications as publication
    on publication.priority_id = priority.id and publication.version = priority.published_version);--> statement-breakpoint
CREATE VIEW "public"."published_quotes" WITH (security_barrier = true) AS (
  select theme.id as theme_id, part.id as text_id, part.question, part.text as quote
  from themes as theme
  join theme_publications as publication
    on publication.theme_id = theme.id and publication.version = theme.published_version
  join text_parts as part on part.id = any (publication.quotes)
  where theme.withdrawn_at is null and part.decision in ('publish', 'redact') and part.text is not null);--> statement-breakpoint
CREATE VIEW "public"."published_themes" WITH (security_barrier = true) AS (
  select theme.id, publication.version, theme.organisation, theme.cycle_id,
    case when theme.withdrawn_at is null then publication.title end as title,
    case when theme.withdrawn_at is null then publication.description end as description,
    case when theme.withdrawn_at is null then publication.vocabulary_version end as vocabulary_version,
    case when theme.withdrawn_at is null then publication.enquiry_category end as enquiry_category,
    case when theme.withdrawn_at is null then publication.standards end as standards,
    case when theme.withdrawn_at is null then publication.quotes end as quotes,
    case when theme.withdrawn_at is null then publication.strength end as strength,
    theme.split_from, theme.merged_into, publication.published_at,
    (select min(first.published_at) from theme_publications as first where first.theme_id = theme.id) as first_published_at,
    theme.withdrawn_at
  from themes as theme
  join theme_publications as publication
    on publication.theme_id = theme.id and publication.version = theme.published_version);