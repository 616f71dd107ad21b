CREATE VIEW "public"."published_priority_versions" WITH (security_barrier = true) AS (
  select priority.id, publication.version, priority.organisation, priority.cycle_id, publication.ranking,
    publication.decided_by, publication.decided_on, publication.rationale, publication.dissent, publication.published_at
  from priorities as priority
  join priority_publications as publication on publication.priority_id = priority.id);--> statement-breakpoint
CREATE VIEW "public"."published_theme_versions" WITH (security_barrier = true) AS (
  select theme.id, publication.version, theme.organisation, theme.cycle_id, publication.title, publication.description,
    publication.vocabulary_version, publication.enquiry_category, publication.standards, publication.strength,
    theme.split_from, theme.merged_into, publication.published_at
  from themes as theme join theme_publications as publication on publication.theme_id = theme.id
  where theme.withdrawn_at is null);
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at") on "published_priority_versions" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "strength", "split_from", "merged_into", "published_at") on "published_theme_versions" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at") on "published_priority_versions" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "strength", "split_from", "merged_into", "published_at") on "published_theme_versions" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at") on "published_priority_versions" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "strength", "split_from", "merged_into", "published_at") on "published_theme_versions" to full_circle_staff;
