-- How many of a closed cycle gave each equality answer, over all of its organisations: for whoever may release the cycle, as
-- count_ratings() is, and only where the cycle declared before it opened that this is published. Nothing of it leaves the
-- service before disclosure control.
create function count_equality(counted_cycle_id uuid) returns table (ethnicity text, people integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select part.ethnicity, count(*)::integer
  from equality_parts as part join cycles on cycles.id = part.cycle_id
  where part.cycle_id = counted_cycle_id and cycles.equality_table
    and current_setting('app.purpose', true) = 'results:publish' and cycles.organisations <@ app_organisations()
    and cycles.closes_at <= clock_timestamp() + interval '1 minute'
  group by part.ethnicity;
$$;
--> statement-breakpoint

-- How many have given ratings so far, for staff to see who has not been reached yet. It may be asked for while a cycle is
-- open, so what leaves the database is coarse already: whole tens, hidden below the cycle's threshold, of those only who
-- have been taken apart (at least twenty at a time), and only of the organisations that the caller acts for. Two answers
-- differ by ten people or not at all. The ten is fixed, so that raising the threshold gives no second ruler.
create function count_participation(counted_cycle_id uuid)
returns table (organisation text, perspective text, people integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select part.organisation, part.perspective, (count(*) / 10 * 10)::integer
  from rating_parts as part join cycles on cycles.id = part.cycle_id
  where part.cycle_id = counted_cycle_id and part.organisation = any (app_organisations())
    and current_setting('app.purpose', true) = 'cycles:write'
  group by part.organisation, part.perspective, cycles.threshold
  having count(*) / 10 * 10 >= greatest(cycles.threshold, 10);
$$;
--> statement-breakpoint
revoke execute on function count_equality, count_participation from public;
--> statement-breakpoint
grant create on schema public to full_circle_flusher;
--> statement-breakpoint
alter function count_equality owner to full_circle_flusher;
--> statement-breakpoint
alter function count_participation owner to full_circle_flusher;
--> statement-breakpoint
revoke create on schema public from full_circle_flusher;
--> statement-breakpoint
grant select ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "about_this_evaluation_set_id", "about_this_evaluation_set_version", "equality_table", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256") on "cycles" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "about_this_evaluation_set_id", "about_this_evaluation_set_version", "equality_table", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256") on "cycles" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "about_this_evaluation_set_id", "about_this_evaluation_set_version", "equality_table", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256", "legal_hold_reason"), insert ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "about_this_evaluation_set_id", "about_this_evaluation_set_version", "equality_table", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256", "legal_hold_reason"), update ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "about_this_evaluation_set_id", "about_this_evaluation_set_version", "equality_table", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256", "legal_hold_reason") on "cycles" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "organisations", "questions", "closes_at", "look_again_on", "released_at", "retention_days", "legal_hold_since", "threshold", "equality_table") on "cycles" to full_circle_flusher;
--> statement-breakpoint
grant execute on function count_equality to full_circle_staff;
--> statement-breakpoint
grant execute on function count_participation to full_circle_staff;
