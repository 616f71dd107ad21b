CREATE TABLE "api_client_uses" (
	"client_id" text PRIMARY KEY NOT NULL,
	"last_used_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shown_participation_weeks" (
	"cycle_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"perspective" text NOT NULL,
	"week" date NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "shown_participation_weeks_pk" PRIMARY KEY("cycle_id","organisation","perspective","week")
);
--> statement-breakpoint
ALTER TABLE "api_client_uses" ADD CONSTRAINT "api_client_uses_client_id_api_clients_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("client_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_participation_weeks" ADD CONSTRAINT "shown_participation_weeks_cycle_id_cycles_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycles"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
alter table shown_participation_weeks enable row level security;
--> statement-breakpoint
create policy shown on shown_participation_weeks for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
alter table api_client_uses enable row level security;
--> statement-breakpoint
create policy every on api_client_uses for all to full_circle_trust
  using (true)
  with check (true);
--> statement-breakpoint
-- Of clients that the policy of their table shows.
create policy own on api_client_uses for select to full_circle_staff
  using (exists (select from api_clients where api_clients.client_id = api_client_uses.client_id));
--> statement-breakpoint

-- Notes what may be told of how many have taken part in a cycle, and of the week in which it grew (adr/0018): whole tens,
-- nothing below the threshold, never less than before. What is taken apart after the closing came before it.
create function show_participation(shown_cycle_id uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  with counted as (
    select part.organisation, part.perspective, (count(*) / 10 * 10)::integer as people
    from rating_parts as part
    where part.cycle_id = shown_cycle_id
    group by part.organisation, part.perspective
    having count(*) >= 10
  ), grown as (
    insert into shown_participation as shown (cycle_id, organisation, perspective, people)
    select shown_cycle_id, counted.organisation, counted.perspective, counted.people
    from counted join cycles on cycles.id = shown_cycle_id
    where counted.people >= cycles.threshold
    -- Two that do this at once lock the rows in one order.
    order by counted.organisation, counted.perspective
    on conflict (cycle_id, organisation, perspective) do update set people = excluded.people
      where shown.people < excluded.people
    returning shown.organisation, shown.perspective, shown.people
  )
  insert into shown_participation_weeks (cycle_id, organisation, perspective, week, people)
  select shown_cycle_id, grown.organisation, grown.perspective,
    date_trunc('week', least(clock_timestamp(), cycles.closes_at) at time zone 'Europe/London')::date, grown.people
  from grown join cycles on cycles.id = shown_cycle_id
  on conflict (cycle_id, organisation, perspective, week) do update set people = excluded.people;
$$;
--> statement-breakpoint

-- As in 0010, but that the counts of participation move with the parts, whether or not somebody looks.
create or replace function flush_inbox(
  min_waiting integer, min_sharing integer, closed_before timestamptz, only_cycle_id uuid
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  flushed_count integer;
  flushed_cycle_ids uuid[];
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
  select count(*), array_agg(distinct cycle_id) into flushed_count, flushed_cycle_ids from taken;
  perform show_participation(flushed_cycle_id) from unnest(flushed_cycle_ids) as flushed_cycle_id;
  return flushed_count;
end
$$;
--> statement-breakpoint

-- As in 0004, but that the weeks of participation go with what they count.
create or replace function keep_house(house_now timestamptz, house_request_id uuid)
returns table (parts integer, idempotency_records integer, spent_assertions integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  expired record;
  part_count integer;
  receipt_count integer;
begin
  parts := 0;
  for expired in
    select id, organisations from cycles
    where closes_at + make_interval(days => retention_days) <= house_now and legal_hold_since is null
      and (exists (select from rating_parts where cycle_id = cycles.id)
        or exists (select from text_parts where cycle_id = cycles.id)
        or exists (select from equality_parts where cycle_id = cycles.id)
        or exists (select from inbox where cycle_id = cycles.id)
        or exists (select from used_receipts where cycle_id = cycles.id)
        or exists (select from shown_participation_weeks where cycle_id = cycles.id))
  loop
    with from_ratings as (delete from rating_parts where cycle_id = expired.id returning 1),
      from_texts as (delete from text_parts where cycle_id = expired.id returning 1),
      from_equality as (delete from equality_parts where cycle_id = expired.id returning 1),
      -- Only if it could not be taken apart in all that time.
      from_inbox as (delete from inbox where cycle_id = expired.id returning 1)
    select (select count(*) from from_ratings) + (select count(*) from from_texts)
      + (select count(*) from from_equality) + (select count(*) from from_inbox)
    into part_count;
    delete from used_receipts where cycle_id = expired.id;
    get diagnostics receipt_count = row_count;
    delete from shown_participation_weeks where cycle_id = expired.id;
    perform append_audit_event('schedule', null, expired.organisations, 'retention', house_request_id, 'removeExpiredParts',
      'cycle', expired.id::text, 'done', jsonb_build_object('parts', part_count, 'usedReceipts', receipt_count));
    parts := parts + part_count;
  end loop;

  delete from idempotency_records as record using cycles
  where cycles.id = record.cycle_id and cycles.closes_at < house_now - interval '7 days';
  get diagnostics idempotency_records = row_count;
  delete from spent_assertions as assertion where assertion.expires_at < house_now;
  get diagnostics spent_assertions = row_count;
  if idempotency_records + spent_assertions > 0 then
    perform append_audit_event('schedule', null, '{}', 'retention', house_request_id, 'removeEndedRecords', null, null, 'done',
      jsonb_build_object('idempotencyRecords', idempotency_records, 'spentAssertions', spent_assertions));
  end if;
  return next;
end
$$;
--> statement-breakpoint

-- As in 0015, with the weeks.
drop function count_participation(uuid);
--> statement-breakpoint
create function count_participation(counted_cycle_id uuid)
returns table (organisation text, perspective text, people integer, weeks jsonb)
language sql volatile security definer set search_path = public, pg_temp as $$
  select show_participation(counted_cycle_id) where current_setting('app.purpose', true) = 'cycles:write';
  select shown.organisation, shown.perspective, shown.people, coalesce((
    select jsonb_agg(jsonb_build_object('week', moved.week, 'count', moved.people) order by moved.week)
    from shown_participation_weeks as moved
    where moved.cycle_id = shown.cycle_id and moved.organisation = shown.organisation and moved.perspective = shown.perspective
  ), '[]')
  from shown_participation as shown
  where shown.cycle_id = counted_cycle_id and shown.organisation = any (app_organisations())
    and current_setting('app.purpose', true) = 'cycles:write';
$$;
--> statement-breakpoint

-- Goes through the whole audit trail and makes every hash anew, as domain/audit-chain.ts does. It tells how many events there
-- are, the first number at which the chain is not whole, and the last hash: nothing of what any event says. No row for
-- whoever is not there to read the trail.
create function verify_audit_trail()
returns table (event_count bigint, first_broken bigint, last_hash bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  with followed as (
    select row_number() over chain as place, lag(event.hash, 1, decode(repeat('00', 32), 'hex')) over chain as hash_before,
      event.number, event.previous_hash, event.hash, sha256(convert_to(audit_event_text(event), 'UTF8')) as hash_anew,
      -- What the text of a hash does not tell apart: a fraction of a second, and two organisations from one with a comma in it.
      event.occurred_at = date_trunc('second', event.occurred_at)
        and array_to_string(event.organisations, '') ~ '^[A-Z0-9]*$' and '' <> all (event.organisations)
        and coalesce(event.actor, '-') <> '' and coalesce(event.subject_kind, '-') <> ''
        and coalesce(event.subject, '-') <> '' as is_unambiguous
    from audit_events as event
    where current_setting('app.purpose', true) = 'audit:read'
    window chain as (order by event.number)
  )
  select count(*), min(place) filter (
      where number <> place or previous_hash <> hash_before or hash <> hash_anew or not is_unambiguous),
    (select event.hash from audit_events as event order by event.number desc limit 1)
  from followed
  having current_setting('app.purpose', true) = 'audit:read';
$$;
--> statement-breakpoint
revoke execute on function show_participation, count_participation, verify_audit_trail from public;
--> statement-breakpoint
grant create on schema public to full_circle_flusher;
--> statement-breakpoint
alter function show_participation owner to full_circle_flusher;
--> statement-breakpoint
alter function count_participation owner to full_circle_flusher;
--> statement-breakpoint
alter function verify_audit_trail owner to full_circle_flusher;
--> statement-breakpoint
revoke create on schema public from full_circle_flusher;
--> statement-breakpoint

-- Grants, by column: printed by db/print-grants.ts.
grant select ("client_id", "last_used_on"), insert ("client_id", "last_used_on"), update ("last_used_on") on "api_client_uses" to full_circle_trust;
--> statement-breakpoint
grant select ("client_id", "last_used_on") on "api_client_uses" to full_circle_staff;
--> statement-breakpoint
grant execute on function count_participation to full_circle_staff;
--> statement-breakpoint
grant execute on function verify_audit_trail to full_circle_staff;
--> statement-breakpoint
grant select ("cycle_id", "organisation", "perspective", "people", "week"), insert ("cycle_id", "organisation", "perspective", "people", "week"), update ("people"), delete on "shown_participation_weeks" to full_circle_flusher;
--> statement-breakpoint
grant select ("number", "occurred_at", "actor_kind", "actor", "organisations", "purpose", "request_id", "operation", "subject_kind", "subject", "outcome", "counts", "previous_hash", "hash"), insert ("number", "occurred_at", "actor_kind", "actor", "organisations", "purpose", "request_id", "operation", "subject_kind", "subject", "outcome", "counts", "previous_hash", "hash") on "audit_events" to full_circle_flusher;
--> statement-breakpoint

-- Where people took part before this migration, the course begins with what is shown now.
select show_participation(id) from cycles where closes_at + make_interval(days => retention_days) > clock_timestamp();
--> statement-breakpoint
insert into shown_participation_weeks (cycle_id, organisation, perspective, week, people)
select shown.cycle_id, shown.organisation, shown.perspective,
  date_trunc('week', least(clock_timestamp(), cycles.closes_at) at time zone 'Europe/London')::date, shown.people
from shown_participation as shown join cycles on cycles.id = shown.cycle_id
where cycles.closes_at + make_interval(days => cycles.retention_days) > clock_timestamp()
on conflict do nothing;
