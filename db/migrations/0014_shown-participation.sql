CREATE TABLE "shown_participation" (
	"cycle_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"perspective" text NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "shown_participation_cycle_id_organisation_perspective_pk" PRIMARY KEY("cycle_id","organisation","perspective")
);
--> statement-breakpoint
DROP VIEW "public"."published_quotes";--> statement-breakpoint
ALTER TABLE "shown_participation" ADD CONSTRAINT "shown_participation_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE VIEW "public"."published_quotes" WITH (security_barrier = true) AS (
  select theme.id as theme_id, part.id as text_id, part.question, part.text as quote
  from themes as theme
  join theme_publications as publication
    on publication.theme_id = theme.id and publication.version = theme.published_version
  join text_parts as part on part.id = any (publication.quotes) and theme.id = any (part.themes)
    and part.organisation = theme.organisation and part.cycle_id = theme.cycle_id
  where theme.withdrawn_at is null and part.decision in ('publish', 'redact') and part.text is not null);