CREATE VIEW "public"."published_texts" WITH (security_barrier = true) AS (
  select part.id, part.cycle_id, part.organisation, part.question, part.text as words
  from text_parts as part join cycles on cycles.id = part.cycle_id
  where part.decision in ('publish', 'redact') and part.text is not null
    and cycles.questions @> jsonb_build_array(jsonb_build_object('code', part.question, 'publication', 'whole')));
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "question", "words") on "published_texts" to full_circle_public;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "question", "words") on "published_texts" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "question", "words") on "published_texts" to full_circle_trust;
