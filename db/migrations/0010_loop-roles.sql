-- Themes, priorities, confirmations: who may touch what, and the functions behind which a role may have something done.

-- As in 0004, but that a text which is written anew when a cycle closes keeps its themes.
create or replace function flush_inbox(
  min_waiting integer, min_sharing integer, closed_before timestamptz, only_cycle_id uuid
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  flushed_count integer;
begin
  min_waiting := greatest(min_waiting, 20);
  min_sharing := greatest(min_sharing, 5);
  -- A cycle that is still open has not closed, whoever says so; clocks may differ a little.
  closed_before := least(closed_before, clock_timestamp() + interval '1 minute');
  -- One flush at a time: a second one would find what came in meanwhile, which may be too few.
  perform pg_advisory_xact_lock(hashtextextended('flush_inbox', 0));
  if only_cycle_id is not null then
    perform pg_advisory_xact_lock(hashtextextended(only_cycle_id::text, 0));
  end if;

  with due as (
    select inbox.cycle_id, inbox.organisation, cycles.questions, count(*) < min_waiting as is_remainder
    from inbox join cycles on cycles.id = inbox.cycle_id
    where only_cycle_id is null or inbox.cycle_id = only_cycle_id
    group by inbox.cycle_id, inbox.organisation, cycles.id, cycles.questions, cycles.closes_at
    having count(*) >= min_waiting or cycles.closes_at <= closed_before
  ), taken as (
    delete from inbox using due
    where inbox.cycle_id = due.cycle_id and inbox.organisation = due.organisation
    returning inbox.cycle_id, inbox.organisation, inbox.service, inbox.perspective, inbox.as_is, inbox.to_be,
      inbox.answers, inbox.safeguarding, inbox.ethnicity, inbox.rating_receipt, inbox.text_receipts,
      inbox.equality_receipt, due.questions, due.is_remainder
  ), service_groups as (
    select cycle_id, organisation, service, count(*) as size, sum(count(*)) over (
        partition by cycle_id, organisation order by service is not null, count(*), service
        rows between unbounded preceding and 1 preceding) as smaller
    from taken where not is_remainder
    group by cycle_id, organisation, service
  ), told_services as (
    select cycle_id, organisation, service from service_groups
    where service is not null and size >= min_sharing and (smaller is null or smaller >= min_sharing)
  ), perspective_groups as (
    select taken.cycle_id, taken.organisation, told_services.service as told_service, taken.perspective, count(*) as size,
      sum(count(*)) over (
        partition by taken.cycle_id, taken.organisation, told_services.service order by count(*), taken.perspective
        rows between unbounded preceding and 1 preceding) as smaller
    from taken
    left join told_services on told_services.cycle_id = taken.cycle_id
      and told_services.organisation = taken.organisation and told_services.service = taken.service
    where not is_remainder
    group by taken.cycle_id, taken.organisation, told_services.service, taken.perspective
  ), told_perspectives as (
    select cycle_id, organisation, told_service, perspective from perspective_groups
    where size >= min_sharing and (smaller is null or smaller >= min_sharing)
  ), mixed_ratings as (
    delete from rating_parts using (
      select part.id, row_number() over (partition by part.cycle_id, part.organisation order by random()) as place
      from rating_parts as part join due using (cycle_id, organisation) where due.is_remainder
    ) as chosen
    where rating_parts.id = chosen.id and chosen.place <= min_waiting
    returning cycle_id, organisation, service, perspective, as_is, to_be, receipt_hash
  ), mixed_texts as (
    delete from text_parts using (
      select part.id, row_number() over (partition by part.cycle_id, part.organisation order by random()) as place
      from text_parts as part join due using (cycle_id, organisation) where due.is_remainder
    ) as chosen
    where text_parts.id = chosen.id and chosen.place <= min_waiting
    returning text_parts.id, cycle_id, organisation, service, perspective, question, text, safeguarding, decision,
      decision_reason, themes, receipt_hash
  ), mixed_equality as (
    delete from equality_parts using (
      select part.id, row_number() over (partition by part.cycle_id, part.organisation order by random()) as place
      from equality_parts as part join due using (cycle_id, organisation) where due.is_remainder
    ) as chosen
    where equality_parts.id = chosen.id and chosen.place <= min_waiting
    returning cycle_id, organisation, ethnicity, receipt_hash
  ), ratings as (
    insert into rating_parts (cycle_id, organisation, service, perspective, as_is, to_be, receipt_hash)
    select * from (
      select cycle_id, organisation, service, perspective, as_is, to_be, coalesce(rating_receipt, random_receipt_hash())
      from taken where num_nonnulls(variadic as_is) > 0
      union all select * from mixed_ratings
    ) as part order by random()
  ), texts as (
    insert into text_parts (id, cycle_id, organisation, service, perspective, question, text, safeguarding, decision,
      decision_reason, themes, receipt_hash)
    select * from (
      select gen_random_uuid(), taken.cycle_id, taken.organisation, told_services.service, told_perspectives.perspective,
        taken.questions -> (answer.position - 1)::integer ->> 'code', answer.text,
        -- Taken in by a version that did not look: a person looks first.
        coalesce(taken.safeguarding[answer.position], true), null, null, '{}'::uuid[],
        coalesce(taken.text_receipts[answer.position], random_receipt_hash())
      from taken
      cross join unnest(taken.answers) with ordinality as answer (text, position)
      left join told_services on told_services.cycle_id = taken.cycle_id
        and told_services.organisation = taken.organisation and told_services.service = taken.service
      left join told_perspectives on told_perspectives.cycle_id = taken.cycle_id
        and told_perspectives.organisation = taken.organisation
        and told_perspectives.told_service is not distinct from told_services.service
        and told_perspectives.perspective = taken.perspective
      where answer.text is not null
      union all select * from mixed_texts
    ) as part order by random()
  ), equality as (
    insert into equality_parts (cycle_id, organisation, ethnicity, receipt_hash)
    select * from (
      select cycle_id, organisation, ethnicity, coalesce(equality_receipt, random_receipt_hash())
      from taken where ethnicity is not null
      union all select * from mixed_equality
    ) as part order by random()
  )
  select count(*) into flushed_count from taken;
  return flushed_count;
end
$$;
--> statement-breakpoint
alter table text_parts alter column themes set statistics 0;
--> statement-breakpoint

-- The theme in which another ended up after it was merged, however often; the theme itself where it was not.
create function theme_after_merging(merged_theme_id uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive way as (
    select id, merged_into from themes where id = merged_theme_id
    union
    select themes.id, themes.merged_into from way join themes on themes.id = way.merged_into
  )
  select id from way where merged_into is null;
$$;
--> statement-breakpoint

-- How far what a receipt stands for has come, and what came of it: the published themes in which its texts were found, and the
-- published loop records that answer those. Always one row, without a stage where it stands for nothing. Every table is
-- looked at whatever the others hold, some cycle too, so that the time it takes tells nothing. Which text led to which
-- theme is not told: a receipt that somebody found, or was forced to show, says nothing of what was written beyond that.
drop function read_receipt(bytea, bytea[], bytea);
--> statement-breakpoint
create function read_receipt(rating_hash bytea, text_hashes bytea[], equality_hash bytea)
returns table (stage text, look_again_on date, is_released boolean, themes jsonb, loop_records jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Not while what it stands for is moved: a snapshot from before would find it nowhere.
  perform pg_advisory_xact_lock_shared(hashtextextended('flush_inbox', 0));
  return query
  with recursive found as (
    select cycle_id, 1 as step, '{}'::uuid[] as fed from inbox where rating_receipt = rating_hash
    union all
    select cycle_id, 3, '{}' from rating_parts where receipt_hash = rating_hash
    union all
    select cycle_id, case when decision is null then 2 else 3 end, text_parts.themes from text_parts
    where receipt_hash = any (text_hashes)
    union all
    select cycle_id, 3, '{}' from equality_parts where receipt_hash = equality_hash
  ), chosen as (
    select (select min(step) from found) as step,
      coalesce((select cycle_id from found limit 1), (select id from cycles limit 1)) as cycle_id
  ), fed as (
    select distinct theme_after_merging(each.id) as id from found, unnest(found.fed) as each (id)
  ), shown_themes as (
    select theme.id, theme.title, theme.organisation from published_themes as theme
    where theme.id in (select fed.id from fed) and theme.withdrawn_at is null
  ), way_there (id) as (
    select shown.id from shown_themes as shown
    union
    select merged.id from themes as merged join way_there on merged.merged_into = way_there.id
  ), answers as (
    select record.id, record.title, record.we_did ->> 'status' as status, record.we_did ->> 'dueOn' as due_on,
      record.look_again_on as look_again
    from published_loop_records as record
    where record.withdrawn_at is null and record.organisation in (select shown.organisation from shown_themes as shown)
      and record.you_said -> 'themes' ?| array(select way_there.id::text from way_there)
  )
  select case chosen.step when 1 then 'received' when 2 then 'in_moderation' when 3 then 'counted' end,
    cycles.look_again_on, cycles.released_at is not null,
    (select coalesce(jsonb_agg(jsonb_build_object('id', shown.id, 'title', shown.title) order by shown.title, shown.id), '[]')
      from shown_themes as shown),
    (select coalesce(jsonb_agg(jsonb_build_object('id', answers.id, 'title', answers.title, 'status', answers.status,
        'dueOn', answers.due_on, 'lookAgainOn', answers.look_again) order by answers.title, answers.id), '[]')
      from answers)
  from chosen join cycles on cycles.id = chosen.cycle_id;
end
$$;
--> statement-breakpoint

-- For each published theme and each question that does not promise privacy, how many texts its organisation has, and how many
-- of them belong to the theme: for whoever may release the closed cycle, as count_ratings() is. Nobody answers a question
-- twice, so texts are people here. Not by perspective: from which role a text comes is kept from whoever reads it.
create function count_theme_texts(counted_cycle_id uuid)
returns table (theme_id uuid, organisation text, question text, texts integer, mentioned integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select theme.id, theme.organisation, part.question, count(*)::integer,
    (count(*) filter (where theme.id = any (part.themes)))::integer
  from published_themes as theme
  join cycles on cycles.id = theme.cycle_id
  join text_parts as part on part.cycle_id = theme.cycle_id and part.organisation = theme.organisation
  where theme.cycle_id = counted_cycle_id and theme.withdrawn_at is null and theme.merged_into is null
    and part.text is not null
    and not cycles.questions @> jsonb_build_array(jsonb_build_object('code', part.question, 'publication', 'private'))
    and current_setting('app.purpose', true) = 'results:publish' and cycles.organisations <@ app_organisations()
    and cycles.closes_at <= clock_timestamp() + interval '1 minute'
  group by theme.id, theme.organisation, part.question;
$$;
--> statement-breakpoint

-- Takes in somebody's answer to "has this changed for you?" on a published loop record. No row: there is no such record.
-- `is_due` says that as many as the threshold have come since what is shown was made, and gives what it takes to make it
-- anew: the counts, what is shown, and the policy of the record's cycle.
create function confirm(confirmed_record_id uuid, confirmed_perspective text, confirmed_answer text,
  default_threshold integer, default_round_to integer, default_perspectives text[])
returns table (is_withdrawn boolean, is_due boolean, people integer, counts jsonb, shown jsonb, threshold integer, round_to integer,
  perspectives text[])
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  record loop_records;
begin
  -- One after the other for one record, so that each counts what came before it. Two can still both find it due: who shows
  -- looks again whether what is shown is what they made theirs from (db/queries/confirmations.ts).
  perform pg_advisory_xact_lock(hashtextextended('confirm ' || confirmed_record_id, 0));
  select loop_records.id, loop_records.cycle_id, loop_records.withdrawn_at into record.id, record.cycle_id, record.withdrawn_at
  from loop_records where loop_records.id = confirmed_record_id and loop_records.published_version is not null;
  if not found then
    return;
  end if;
  if record.withdrawn_at is not null then
    return query select true, false, 0, null::jsonb, null::jsonb, 0, 0, null::text[];
    return;
  end if;
  insert into confirmation_counts as counted (record_id, perspective, answer, people)
  values (confirmed_record_id, confirmed_perspective, confirmed_answer, 1)
  on conflict (record_id, perspective, answer) do update set people = counted.people + 1;
  return query
  with policy as (
    select coalesce(cycles.threshold, default_threshold) as threshold, coalesce(cycles.round_to, default_round_to) as round_to,
      coalesce(cycles.perspectives, default_perspectives) as perspectives
    from (select 1) as one left join cycles on cycles.id = record.cycle_id
  ), sums as (
    select sum(counted.people)::integer as people,
      jsonb_agg(jsonb_build_object('perspective', counted.perspective, 'answer', counted.answer, 'people', counted.people)) as counts
    from confirmation_counts as counted where counted.record_id = confirmed_record_id
  )
  select false, sums.people - coalesce(shown.people, 0)
      >= policy.threshold + case when shown.people is null then 0 else policy.round_to / 2 end,
    sums.people, sums.counts, shown.rows, policy.threshold, policy.round_to, policy.perspectives
  from sums cross join policy left join shown_confirmations as shown on shown.record_id = confirmed_record_id;
end
$$;
--> statement-breakpoint

-- Shows what was made of so many confirmations, unless something was made of as many or more meanwhile.
create function show_confirmations(shown_record_id uuid, shown_people integer, shown_rows jsonb) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into shown_confirmations as shown (record_id, people, rows)
  select shown_record_id, shown_people, shown_rows
  where shown_people <= (select sum(counted.people) from confirmation_counts as counted where counted.record_id = shown_record_id)
  on conflict (record_id) do update set people = excluded.people, rows = excluded.rows where shown.people < excluded.people;
$$;
--> statement-breakpoint
revoke execute on function theme_after_merging, read_receipt, count_theme_texts, confirm, show_confirmations from public;
--> statement-breakpoint
grant create on schema public to full_circle_flusher;
--> statement-breakpoint
do $$
declare
  door text;
begin
  foreach door in array array['theme_after_merging', 'read_receipt', 'count_theme_texts', 'confirm', 'show_confirmations'] loop
    execute format('alter function %I owner to full_circle_flusher', door);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from full_circle_flusher;
--> statement-breakpoint

-- What staff change is noted; that texts were put into a theme, with the theme.
create trigger audit_theme after insert or update on themes
  for each row execute function audit_change('theme', 'id', 'organisation');
--> statement-breakpoint
create trigger audit_priority after insert or update on priorities
  for each row execute function audit_change('priority', 'id', 'organisation');
--> statement-breakpoint
alter table themes enable row level security;
--> statement-breakpoint
alter table theme_publications enable row level security;
--> statement-breakpoint
alter table priorities enable row level security;
--> statement-breakpoint
alter table priority_publications enable row level security;
--> statement-breakpoint
alter table confirmation_counts enable row level security;
--> statement-breakpoint
alter table shown_confirmations enable row level security;
--> statement-breakpoint
alter table enquiry_categories enable row level security;
--> statement-breakpoint
alter table question_sets enable row level security;
--> statement-breakpoint
create policy published on enquiry_categories for select to full_circle_public, full_circle_trust, full_circle_staff
  using (true);
--> statement-breakpoint
create policy published on question_sets for select to full_circle_public, full_circle_trust, full_circle_staff
  using (true);
--> statement-breakpoint
create policy own on themes for all to full_circle_staff
  using (organisation = any ((select app_organisations())::text[]))
  with check (organisation = any ((select app_organisations())::text[]));
--> statement-breakpoint
create policy every on themes for select to full_circle_flusher
  using (true);
--> statement-breakpoint
create policy own on theme_publications for all to full_circle_staff
  using (exists (select from themes where themes.id = theme_id))
  with check (exists (select from themes where themes.id = theme_id));
--> statement-breakpoint
create policy own on priorities for all to full_circle_staff
  using (organisation = any ((select app_organisations())::text[]))
  with check (organisation = any ((select app_organisations())::text[]));
--> statement-breakpoint
create policy own on priority_publications for all to full_circle_staff
  using (exists (select from priorities where priorities.id = priority_id))
  with check (exists (select from priorities where priorities.id = priority_id));
--> statement-breakpoint
create policy every on loop_records for select to full_circle_flusher
  using (true);
--> statement-breakpoint
create policy confirmed on confirmation_counts for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy published on shown_confirmations for select to full_circle_public, full_circle_trust, full_circle_staff
  using (true);
--> statement-breakpoint
create policy confirmed on shown_confirmations for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint

grant select ("record_id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "published_at") on "published_loop_record_versions" to full_circle_public;
--> statement-breakpoint
grant select ("version", "code", "position", "title", "description") on "enquiry_categories" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "title", "introduction", "source", "licence", "attribution", "questions") on "question_sets" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "strength", "split_from", "merged_into", "published_at", "first_published_at", "withdrawn_at") on "published_themes" to full_circle_public;
--> statement-breakpoint
grant select ("theme_id", "text_id", "question", "quote") on "published_quotes" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at") on "published_priorities" to full_circle_public;
--> statement-breakpoint
grant select ("record_id", "rows") on "shown_confirmations" to full_circle_public;
--> statement-breakpoint
grant execute on function read_receipt to full_circle_public;
--> statement-breakpoint
grant execute on function confirm to full_circle_public;
--> statement-breakpoint
grant execute on function show_confirmations to full_circle_public;
--> statement-breakpoint
grant select ("record_id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "published_at") on "published_loop_record_versions" to full_circle_trust;
--> statement-breakpoint
grant select ("version", "code", "position", "title", "description") on "enquiry_categories" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "title", "introduction", "source", "licence", "attribution", "questions") on "question_sets" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "strength", "split_from", "merged_into", "published_at", "first_published_at", "withdrawn_at") on "published_themes" to full_circle_trust;
--> statement-breakpoint
grant select ("theme_id", "text_id", "question", "quote") on "published_quotes" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at") on "published_priorities" to full_circle_trust;
--> statement-breakpoint
grant select ("record_id", "rows") on "shown_confirmations" to full_circle_trust;
--> statement-breakpoint
grant select ("record_id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "published_at") on "published_loop_record_versions" to full_circle_staff;
--> statement-breakpoint
grant select ("version", "code", "position", "title", "description") on "enquiry_categories" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "title", "introduction", "source", "licence", "attribution", "questions") on "question_sets" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "strength", "split_from", "merged_into", "published_at", "first_published_at", "withdrawn_at") on "published_themes" to full_circle_staff;
--> statement-breakpoint
grant select ("theme_id", "text_id", "question", "quote") on "published_quotes" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at") on "published_priorities" to full_circle_staff;
--> statement-breakpoint
grant select ("record_id", "rows") on "shown_confirmations" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "split_from", "merged_into", "updated_at", "published_version", "withdrawn_at"), insert ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "split_from", "merged_into", "updated_at", "published_version", "withdrawn_at"), update ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "split_from", "merged_into", "updated_at", "published_version", "withdrawn_at") on "themes" to full_circle_staff;
--> statement-breakpoint
grant select ("theme_id", "version", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "strength", "published_at"), insert ("theme_id", "version", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "strength", "published_at") on "theme_publications" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "updated_at", "published_version"), insert ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "updated_at", "published_version"), update ("id", "version", "organisation", "cycle_id", "ranking", "decided_by", "decided_on", "rationale", "dissent", "updated_at", "published_version") on "priorities" to full_circle_staff;
--> statement-breakpoint
grant select ("priority_id", "version", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at"), insert ("priority_id", "version", "ranking", "decided_by", "decided_on", "rationale", "dissent", "published_at") on "priority_publications" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "service", "question", "text", "safeguarding", "decision", "decision_reason", "themes"), update ("text", "decision", "decision_reason", "themes") on "text_parts" to full_circle_staff;
--> statement-breakpoint
grant execute on function count_theme_texts to full_circle_staff;
--> statement-breakpoint
grant select ("id", "organisations", "questions", "closes_at", "look_again_on", "released_at", "retention_days", "legal_hold_since", "threshold", "round_to", "perspectives", "equality_table") on "cycles" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "service", "perspective", "question", "text", "safeguarding", "decision", "decision_reason", "themes", "receipt_hash"), insert ("id", "cycle_id", "organisation", "service", "perspective", "question", "text", "safeguarding", "decision", "decision_reason", "themes", "receipt_hash"), delete on "text_parts" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "cycle_id", "published_version", "withdrawn_at") on "loop_records" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "published_at", "first_published_at", "withdrawn_at") on "published_loop_records" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "description", "vocabulary_version", "enquiry_category", "standards", "quotes", "strength", "split_from", "merged_into", "published_at", "first_published_at", "withdrawn_at") on "published_themes" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "merged_into") on "themes" to full_circle_flusher;
--> statement-breakpoint
grant select ("record_id", "perspective", "answer", "people"), insert ("record_id", "perspective", "answer", "people"), update ("people") on "confirmation_counts" to full_circle_flusher;
--> statement-breakpoint
grant select ("record_id", "people", "rows"), insert ("record_id", "people", "rows"), update ("people", "rows") on "shown_confirmations" to full_circle_flusher;
