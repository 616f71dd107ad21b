-- Who may touch what: roles, grants by column, row-level policies, and the functions behind which a role may have something
-- done that it may not do itself. db/roles.ts states the grants and says why; a test holds both against the catalogue.

do $$
declare
  runtime_role text;
begin
  foreach runtime_role in array array['full_circle_public', 'full_circle_trust', 'full_circle_staff', 'full_circle_flusher'] loop
    begin
      -- Roles belong to the whole server: another database may have made them. The operator gives them a password.
      execute format('create role %I nologin', runtime_role);
    exception when duplicate_object or unique_violation then
      null;
    end;
    -- The owner hands functions over to a role, for which it must be able to act as it.
    if not pg_has_role(current_user, runtime_role, 'set') then
      execute format('grant %I to current_user', runtime_role);
    end if;
  end loop;
end
$$;
--> statement-breakpoint
grant usage on schema public to full_circle_public, full_circle_trust, full_circle_staff, full_circle_flusher;
--> statement-breakpoint
-- Functions that later migrations make are nobody's until they are granted.
alter default privileges revoke execute on functions from public;
--> statement-breakpoint
drop function require_client(text, integer);
--> statement-breakpoint
drop function take_in_one(uuid, integer, timestamptz, text, integer, text, text, text, smallint[], smallint[], text[], text);
--> statement-breakpoint

-- What was deleted or redacted is to be gone: statistics of the planner would keep samples of what people wrote, and dead
-- rows are cleared away within a minute or so and not only when there are many.
alter table inbox alter column as_is set statistics 0, alter column to_be set statistics 0,
  alter column answers set statistics 0, alter column rating_receipt set statistics 0,
  alter column text_receipts set statistics 0, alter column equality_receipt set statistics 0;
--> statement-breakpoint
alter table rating_parts alter column as_is set statistics 0, alter column to_be set statistics 0;
--> statement-breakpoint
alter table text_parts alter column text set statistics 0, alter column decision_reason set statistics 0;
--> statement-breakpoint
alter table inbox set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
--> statement-breakpoint
alter table text_parts set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
--> statement-breakpoint
alter table rating_parts set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
--> statement-breakpoint
alter table equality_parts set (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
--> statement-breakpoint

-- The organisations for which the batch under way acts; null, which no policy lets through, outside of act_for().
create function app_organisations() returns text[]
language sql stable
return string_to_array(nullif(current_setting('app.organisations', true), ''), ',');
--> statement-breakpoint

-- First in every batch that acts for an API client. A client that was revoked, or whose registration has changed since its
-- token was issued, ends the whole batch, so that revocation takes effect at once and nothing of the batch is kept or told.
-- The settings end with the transaction: one for the session would leak to the next user of the connection. SQLSTATE FC401
-- is the product's own; api/http/failure.ts answers 401 to it.
create function act_for(
  act_client_id text, act_client_version integer, act_organisations text[], act_request_id uuid, act_operation text,
  act_purpose text
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select from api_clients
    where client_id = act_client_id and version = act_client_version and revoked_at is null
      and organisations @> act_organisations
  ) then
    raise exception 'client is not registered' using errcode = 'FC401';
  end if;
  perform set_config('app.organisations', array_to_string(act_organisations, ','), true),
    set_config('app.actor_kind', 'client', true), set_config('app.actor', act_client_id, true),
    set_config('app.request_id', act_request_id::text, true), set_config('app.operation', act_operation, true),
    set_config('app.purpose', act_purpose, true);
end
$$;
--> statement-breakpoint

-- The text whose SHA-256 is an audit event's hash: its members, a line each. db/verify-audit.ts makes the same by itself.
create function audit_event_text(event audit_events) returns text
language sql stable
return concat_ws(E'\n', event.number, to_char(event.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  event.actor_kind, coalesce(event.actor, ''), array_to_string(event.organisations, ','), event.purpose, event.request_id,
  event.operation, coalesce(event.subject_kind, ''), coalesce(event.subject, ''), event.outcome,
  coalesce(event.counts::text, ''), encode(event.previous_hash, 'hex'));
--> statement-breakpoint

-- Adds an event to the end of the chain. One at a time, so that two cannot follow the same one.
create function append_audit_event(
  event_actor_kind text, event_actor text, event_organisations text[], event_purpose text, event_request_id uuid,
  event_operation text, event_subject_kind text, event_subject text, event_outcome text, event_counts jsonb
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  event audit_events;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit_events', 0));
  select number + 1, hash into event.number, event.previous_hash from audit_events order by number desc limit 1;
  event.number := coalesce(event.number, 1);
  event.previous_hash := coalesce(event.previous_hash, decode(repeat('00', 32), 'hex'));
  event.occurred_at := date_trunc('second', clock_timestamp());
  event.actor_kind := event_actor_kind;
  event.actor := event_actor;
  event.organisations := event_organisations;
  event.purpose := event_purpose;
  event.request_id := event_request_id;
  event.operation := event_operation;
  event.subject_kind := event_subject_kind;
  event.subject := event_subject;
  event.outcome := event_outcome;
  event.counts := event_counts;
  event.hash := sha256(convert_to(audit_event_text(event), 'UTF8'));
  insert into audit_events (number, occurred_at, actor_kind, actor, organisations, purpose, request_id, operation,
    subject_kind, subject, outcome, counts, previous_hash, hash)
  values (event.number, event.occurred_at, event.actor_kind, event.actor, event.organisations, event.purpose,
    event.request_id, event.operation, event.subject_kind, event.subject, event.outcome, event.counts,
    event.previous_hash, event.hash);
end
$$;
--> statement-breakpoint

-- Notes what the batch under way read or was refused; what it changes is noted by triggers.
create function note_audit_event(
  event_subject_kind text, event_subject text, event_organisations text[], event_outcome text
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform append_audit_event(current_setting('app.actor_kind'), current_setting('app.actor'), event_organisations,
    current_setting('app.purpose'), current_setting('app.request_id')::uuid, current_setting('app.operation'),
    event_subject_kind, event_subject, event_outcome, null);
end
$$;
--> statement-breakpoint

-- Every change of what staff look after is noted by the database itself, so that no handler can forget to. Arguments of a
-- trigger: the kind of thing, the column of its id, the column of its organisation or organisations, or of what has them.
-- What the owner does outside of an operation (migrations, reference data) is not.
create function audit_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed jsonb := to_jsonb(new);
  owners text[];
begin
  if nullif(current_setting('app.operation', true), '') is null then
    return null;
  end if;
  if tg_argv[2] = 'set_id' then
    select array[organisation] into owners from standard_sets where id = changed ->> 'set_id';
  elsif tg_argv[2] = 'cycle_id' then
    select organisations into owners from cycles where id = (changed ->> 'cycle_id')::uuid;
  elsif jsonb_typeof(changed -> tg_argv[2]) = 'array' then
    select array_agg(odscode) into owners from jsonb_array_elements_text(changed -> tg_argv[2]) as each (odscode);
  else
    owners := array[changed ->> tg_argv[2]];
  end if;
  perform note_audit_event(tg_argv[0], changed ->> tg_argv[1], owners, 'done');
  return null;
end
$$;
--> statement-breakpoint
create trigger audit_new_cycle after insert on cycles
  for each row execute function audit_change('cycle', 'id', 'organisations');
--> statement-breakpoint
-- That results were released is noted with the release.
create trigger audit_cycle after update on cycles
  for each row when (old.released_at is not distinct from new.released_at)
  execute function audit_change('cycle', 'id', 'organisations');
--> statement-breakpoint
create trigger audit_standard_set_version after insert or update on standard_set_versions
  for each row execute function audit_change('standard-set', 'set_id', 'set_id');
--> statement-breakpoint
create trigger audit_loop_record after insert or update on loop_records
  for each row execute function audit_change('loop-record', 'id', 'organisation');
--> statement-breakpoint
create trigger audit_api_client after insert or update on api_clients
  for each row execute function audit_change('api-client', 'client_id', 'organisations');
--> statement-breakpoint
create trigger audit_text after update of decision on text_parts
  for each row execute function audit_change('text', 'id', 'organisation');
--> statement-breakpoint

-- The busiest statement of the product, as a function so that its plan is kept: planning it anew took longer than running
-- it. Takes one submission into the inbox if the gate is open: the cycle is at the version that the submission was held
-- against and takes submissions now, and the client (null: the public) is registered as its token says. False: nothing was
-- stored. True: it was stored, now or when it came before with the same receipt (also if it was withdrawn since).
create function take_in_one(
  gate_cycle_id uuid, gate_cycle_version integer, gate_now timestamptz, gate_client_id text, gate_client_version integer,
  entry_organisation text, entry_service text, entry_perspective text, entry_as_is smallint[], entry_to_be smallint[],
  entry_answers text[], entry_safeguarding boolean[], entry_ethnicity text,
  entry_rating_receipt bytea, entry_text_receipts bytea[], entry_equality_receipt bytea, entry_used_receipt bytea
) returns boolean
language plpgsql as $$
begin
  -- Whoever closes the cycle waits for those who are on their way in, and those who come later find it closed.
  perform pg_advisory_xact_lock_shared(hashtextextended(gate_cycle_id::text, 0));
  -- A statement of its own, since the public has no right to look at clients and is not asked to.
  if gate_client_id is not null then
    if not exists (
      select from api_clients
      where client_id = gate_client_id and version = gate_client_version and revoked_at is null
    ) then
      return false;
    end if;
  end if;
  if not exists (
    select from cycles
    where cycles.id = gate_cycle_id and cycles.version = gate_cycle_version and cycles.scheduled_at is not null
      and cycles.opens_at <= gate_now and cycles.closes_at > gate_now
  ) then
    return false;
  end if;
  if entry_used_receipt is not null then
    insert into used_receipts (receipt_hash, cycle_id) values (entry_used_receipt, gate_cycle_id) on conflict do nothing;
    if not found then
      return true;
    end if;
  end if;
  insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, safeguarding, ethnicity,
    rating_receipt, text_receipts, equality_receipt)
  values (gate_cycle_id, entry_organisation, entry_service, entry_perspective, entry_as_is, entry_to_be, entry_answers,
    entry_safeguarding, entry_ethnicity, entry_rating_receipt, entry_text_receipts, entry_equality_receipt);
  return true;
end
$$;
--> statement-breakpoint

-- The same for a batch, once however often it is sent. A copy that arrives while the first is under way waits on the unique
-- key for it to end, and is then shown the first's record (`on conflict do update`, which changes nothing). Rows go in in
-- random order, so that not even the table's own order tells which came first. No row: the gate did not open, and the batch
-- was never stored.
create function take_in_batch(
  gate_cycle_id uuid, gate_cycle_version integer, gate_now timestamptz, gate_client_id text, gate_client_version integer,
  claim_key_hash text, claim_body_hash text, claim_attempt uuid, claim_rejected_indexes integer[],
  organisations text[], services text[], perspectives text[], all_as_is text[], all_to_be text[], all_answers text[],
  all_safeguarding text[], ethnicities text[], rating_receipts text[], all_text_receipts text[], equality_receipts text[],
  own_receipts text[]
) returns table (body_hash text, rejected_indexes integer[])
language plpgsql as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(gate_cycle_id::text, 0));
  if not exists (
    select from api_clients
    where client_id = gate_client_id and version = gate_client_version and revoked_at is null
  ) then
    return;
  end if;
  return query
  with known as (
    select record.body_hash, record.rejected_indexes from idempotency_records as record
    where record.key_hash = claim_key_hash
  ), claimed as (
    insert into idempotency_records as record (key_hash, cycle_id, body_hash, attempt, rejected_indexes)
    select claim_key_hash, cycles.id, claim_body_hash, claim_attempt, claim_rejected_indexes
    from cycles
    where cycles.id = gate_cycle_id and cycles.version = gate_cycle_version and cycles.scheduled_at is not null
      and cycles.opens_at <= gate_now and cycles.closes_at > gate_now and not exists (select from known)
    on conflict (key_hash) do update set attempt = record.attempt
    returning record.attempt, record.body_hash, record.rejected_indexes
  ), entries as (
    select *
    from unnest(organisations, services, perspectives, all_as_is, all_to_be, all_answers, all_safeguarding, ethnicities,
        rating_receipts, all_text_receipts, equality_receipts, own_receipts)
      as entry (organisation, service, perspective, as_is, to_be, answers, safeguarding, ethnicity, rating_receipt,
        text_receipts, equality_receipt, used_receipt)
    where exists (select from claimed where claimed.attempt = claim_attempt)
  ), used as (
    insert into used_receipts (receipt_hash, cycle_id)
    select entries.used_receipt::bytea, gate_cycle_id from entries where entries.used_receipt is not null
    order by random()
    on conflict do nothing
    returning receipt_hash
  ), stored as (
    insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, safeguarding, ethnicity,
      rating_receipt, text_receipts, equality_receipt)
    select gate_cycle_id, entries.organisation, entries.service, entries.perspective, entries.as_is::smallint[],
      entries.to_be::smallint[], entries.answers::text[], entries.safeguarding::boolean[], entries.ethnicity,
      entries.rating_receipt::bytea, entries.text_receipts::bytea[], entries.equality_receipt::bytea
    from entries
    where entries.used_receipt is null or entries.used_receipt::bytea in (select used.receipt_hash from used)
    order by random()
  )
  select claimed.body_hash, claimed.rejected_indexes from claimed
  union all
  select known.body_hash, known.rejected_indexes from known;
end
$$;
--> statement-breakpoint

-- Stands in for the receipt that nobody holds: a part without one looks like the others.
create function random_receipt_hash() returns bytea
language sql volatile
return sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
--> statement-breakpoint

-- Takes submissions apart: those of each cycle and organisation of which at least `min_waiting` wait, or whose cycle closed at
-- `closed_before` or earlier, leave the inbox as ratings, texts and equality answers, each in random order and with new random
-- ids and without a common key. One statement, so that a crash at any point loses nothing and doubles nothing.
--
-- Rows of one flush share a transaction, and with it an `xmin`; so it is never run for fewer than `min_waiting` while more
-- may come. What is left when a cycle closes can be fewer: it is shuffled together with `min_waiting` parts of each kind
-- that were taken apart before.
--
-- A text says from which service it comes only where at least `min_sharing` of those who were taken apart with it share that,
-- and where those of whom it is not said are none or at least as many; among those of whom the same is said of the service,
-- the perspective likewise. Otherwise whoever stood alone in a service would be told by it, and their ratings with them
-- (docs/adr/0012). The numbers have a floor here, so that nobody who may call this can ask for less.
create function flush_inbox(
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
      decision_reason, receipt_hash
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
      decision_reason, receipt_hash)
    select * from (
      select gen_random_uuid(), taken.cycle_id, taken.organisation, told_services.service, told_perspectives.perspective,
        taken.questions -> (answer.position - 1)::integer ->> 'code', answer.text,
        -- Taken in by a version that did not look: a person looks first.
        coalesce(taken.safeguarding[answer.position], true), null, null,
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

-- Takes apart what is due, one cycle after the other, so that a cycle which cannot be taken apart holds up no other.
-- Answers the SQLSTATE of the last that could not; null where all could.
create function flush_due(min_waiting integer, min_sharing integer, closed_before timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due_cycle_id uuid;
  failure text;
begin
  for due_cycle_id in
    select distinct inbox.cycle_id
    from inbox join cycles on cycles.id = inbox.cycle_id
    group by inbox.cycle_id, inbox.organisation, cycles.id, cycles.closes_at
    having count(*) >= min_waiting or cycles.closes_at <= closed_before
  loop
    begin
      perform flush_inbox(min_waiting, min_sharing, closed_before, due_cycle_id);
    exception when others then
      failure := sqlstate;
    end;
  end loop;
  return failure;
end
$$;
--> statement-breakpoint

-- Rewrites the inbox without what left it. A deleted row stays in the file of its table, whole and in its old place, also
-- after a vacuum while somebody waits further on. Who still waits is written anew, in random order. False: not now.
create function sweep_inbox() returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  waiting inbox[];
begin
  -- Not while a flush runs, or somebody looks for what their receipt stands for.
  perform pg_advisory_xact_lock(hashtextextended('flush_inbox', 0));
  for attempt in 1..100 loop
    begin
      -- Never waited for: whoever holds the table may be waiting for somebody who waits for this.
      lock table inbox in access exclusive mode nowait;
      waiting := array(select inbox from inbox);
      truncate inbox;
      insert into inbox select (one).* from unnest(waiting) as one order by random();
      return true;
    exception when lock_not_available then
      perform pg_sleep(0.02);
    end;
  end loop;
  return false;
end
$$;
--> statement-breakpoint

-- How far what a receipt stands for has come: always one row, without a stage where it stands for nothing. Every table is
-- looked at whatever the others hold, some cycle too, so that the time it takes tells nothing.
create function read_receipt(rating_hash bytea, text_hashes bytea[], equality_hash bytea)
returns table (stage text, look_again_on date, is_released boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Not while what it stands for is moved: a snapshot from before would find it nowhere.
  perform pg_advisory_xact_lock_shared(hashtextextended('flush_inbox', 0));
  return query
  with found as (
    select cycle_id, 1 as step from inbox where rating_receipt = rating_hash
    union all
    select cycle_id, 3 from rating_parts where receipt_hash = rating_hash
    union all
    select cycle_id, case when decision is null then 2 else 3 end from text_parts where receipt_hash = any (text_hashes)
    union all
    select cycle_id, 3 from equality_parts where receipt_hash = equality_hash
  ), chosen as (
    select (select min(step) from found) as step,
      coalesce((select cycle_id from found limit 1), (select id from cycles limit 1)) as cycle_id
  )
  select case chosen.step when 1 then 'received' when 2 then 'in_moderation' when 3 then 'counted' end,
    cycles.look_again_on, cycles.released_at is not null
  from chosen join cycles on cycles.id = chosen.cycle_id;
end
$$;
--> statement-breakpoint

-- Deletes every part that a receipt stands for, wherever it is on its way; no row where it stands for nothing.
create function withdraw_receipt(rating_hash bytea, text_hashes bytea[], equality_hash bytea)
returns table (is_released boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Not while a flush moves it from one table to the others, which would be missed.
  perform pg_advisory_xact_lock_shared(hashtextextended('flush_inbox', 0));
  return query
  with from_inbox as (
    delete from inbox where rating_receipt = rating_hash returning cycle_id
  ), from_ratings as (
    delete from rating_parts where receipt_hash = rating_hash returning cycle_id
  ), from_texts as (
    delete from text_parts where receipt_hash = any (text_hashes) returning cycle_id
  ), from_equality as (
    delete from equality_parts where receipt_hash = equality_hash returning cycle_id
  ), deleted as (
    select cycle_id from from_inbox union all select cycle_id from from_ratings
    union all select cycle_id from from_texts union all select cycle_id from from_equality
  )
  select cycles.released_at is not null from cycles
  where cycles.id in (select deleted.cycle_id from deleted);
end
$$;
--> statement-breakpoint

-- Removes what is over and notes how much it was: parts whose cycle has kept them as long as it promised and that no legal
-- hold keeps, records of batches a week after their cycle closed (a repeat cannot be stored twice, since nothing is taken
-- any more), and spent ids of assertions that would be refused for their age now. Safe to run twice and at any time.
create function keep_house(house_now timestamptz, house_request_id uuid)
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
        or exists (select from used_receipts where cycle_id = cycles.id))
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

-- Nobody may run a function that is not granted to them, trigger functions included.
revoke execute on all functions in schema public from public;
--> statement-breakpoint

-- The functions behind a door run as the flusher, never as the owner.
grant create on schema public to full_circle_flusher;
--> statement-breakpoint
do $$
declare
  door text;
begin
  foreach door in array array['act_for', 'append_audit_event', 'note_audit_event', 'audit_change', 'flush_inbox', 'flush_due', 'sweep_inbox', 'read_receipt',
    'withdraw_receipt', 'keep_house', 'random_receipt_hash', 'audit_event_text'] loop
    execute format('alter function %I owner to full_circle_flusher', door);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from full_circle_flusher;
--> statement-breakpoint

-- Row-level security: what a role may see or write of a table that it has a grant on. Where no policy stands for a role,
-- it sees no row. The owner is not bound by them.
alter table api_clients enable row level security;
--> statement-breakpoint
alter table audit_events enable row level security;
--> statement-breakpoint
alter table cycles enable row level security;
--> statement-breakpoint
alter table equality_parts enable row level security;
--> statement-breakpoint
alter table idempotency_records enable row level security;
--> statement-breakpoint
alter table inbox enable row level security;
--> statement-breakpoint
alter table loop_record_publications enable row level security;
--> statement-breakpoint
alter table loop_records enable row level security;
--> statement-breakpoint
alter table rating_parts enable row level security;
--> statement-breakpoint
alter table spent_assertions enable row level security;
--> statement-breakpoint
alter table standard_set_versions enable row level security;
--> statement-breakpoint
alter table standard_sets enable row level security;
--> statement-breakpoint
alter table text_parts enable row level security;
--> statement-breakpoint
alter table used_receipts enable row level security;
--> statement-breakpoint
create policy published on cycles for select to full_circle_public, full_circle_trust
  using (scheduled_at is not null);
--> statement-breakpoint
create policy published_or_own on cycles for select to full_circle_staff
  using (scheduled_at is not null or organisations && (select app_organisations())::text[]);
--> statement-breakpoint
create policy own_made on cycles for insert to full_circle_staff
  with check (organisations <@ (select app_organisations())::text[]);
--> statement-breakpoint
create policy own_changed on cycles for update to full_circle_staff
  using (organisations <@ (select app_organisations())::text[])
  with check (organisations <@ (select app_organisations())::text[]);
--> statement-breakpoint
create policy every on cycles for select to full_circle_flusher
  using (true);
--> statement-breakpoint
create policy every on standard_sets for select to full_circle_public, full_circle_trust, full_circle_staff, full_circle_flusher
  using (true);
--> statement-breakpoint
create policy own_made on standard_sets for insert to full_circle_staff
  with check (organisation = any ((select app_organisations())::text[]));
--> statement-breakpoint
create policy published on standard_set_versions for select to full_circle_public, full_circle_trust
  using (published_at is not null);
--> statement-breakpoint
create policy published_or_own on standard_set_versions for select to full_circle_staff
  using (published_at is not null or exists (select from standard_sets where standard_sets.id = set_id and standard_sets.organisation = any ((select app_organisations())::text[])));
--> statement-breakpoint
create policy own_made on standard_set_versions for insert to full_circle_staff
  with check (exists (select from standard_sets where standard_sets.id = set_id and standard_sets.organisation = any ((select app_organisations())::text[])));
--> statement-breakpoint
create policy own_changed on standard_set_versions for update to full_circle_staff
  using (exists (select from standard_sets where standard_sets.id = set_id and standard_sets.organisation = any ((select app_organisations())::text[])))
  with check (exists (select from standard_sets where standard_sets.id = set_id and standard_sets.organisation = any ((select app_organisations())::text[])));
--> statement-breakpoint
create policy own on loop_records for all to full_circle_staff
  using (organisation = any ((select app_organisations())::text[]))
  with check (organisation = any ((select app_organisations())::text[]));
--> statement-breakpoint
create policy own on loop_record_publications for all to full_circle_staff
  using (exists (select from loop_records where loop_records.id = record_id))
  with check (exists (select from loop_records where loop_records.id = record_id));
--> statement-breakpoint
create policy every on api_clients for select to full_circle_trust, full_circle_flusher
  using (true);
--> statement-breakpoint
create policy own on api_clients for all to full_circle_staff
  using (organisations <@ (select app_organisations())::text[])
  with check (organisations <@ (select app_organisations())::text[]);
--> statement-breakpoint
create policy own on text_parts for select to full_circle_staff
  using (organisation = any ((select app_organisations())::text[]));
--> statement-breakpoint
create policy own_decided on text_parts for update to full_circle_staff
  using (organisation = any ((select app_organisations())::text[]))
  with check (organisation = any ((select app_organisations())::text[]));
--> statement-breakpoint
create policy own on audit_events for select to full_circle_staff
  using (organisations && (select app_organisations())::text[]);
--> statement-breakpoint
create policy taken_in on inbox for insert to full_circle_public, full_circle_trust
  with check (true);
--> statement-breakpoint
create policy taken_in on used_receipts for insert to full_circle_public, full_circle_trust
  with check (true);
--> statement-breakpoint
create policy every on used_receipts for select to full_circle_trust
  using (true);
--> statement-breakpoint
create policy every on idempotency_records for all to full_circle_trust
  using (true)
  with check (true);
--> statement-breakpoint
create policy every on spent_assertions for all to full_circle_trust
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on inbox for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on rating_parts for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on text_parts for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on equality_parts for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on used_receipts for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on idempotency_records for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on spent_assertions for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy flushed on audit_events for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint

-- Grants, by column: printed by db/print-grants.ts.
-- full_circle_public
grant select ("ods_code", "name", "status", "valid_from", "valid_to", "successor_ods_code", "note") on "organisations" to full_circle_public;
--> statement-breakpoint
grant select ("id", "organisation") on "standard_sets" to full_circle_public;
--> statement-breakpoint
grant select ("set_id", "version", "revision", "title", "wording_status", "source", "licence", "attribution", "scale", "standards", "co_produced_by", "dissent", "changes", "published_at") on "standard_set_versions" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256") on "cycles" to full_circle_public;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "published_at", "first_published_at", "withdrawn_at") on "published_loop_records" to full_circle_public;
--> statement-breakpoint
grant insert ("cycle_id", "organisation", "service", "perspective", "as_is", "to_be", "answers", "safeguarding", "ethnicity", "rating_receipt", "text_receipts", "equality_receipt") on "inbox" to full_circle_public;
--> statement-breakpoint
grant insert ("receipt_hash", "cycle_id") on "used_receipts" to full_circle_public;
--> statement-breakpoint
grant execute on function take_in_one to full_circle_public;
--> statement-breakpoint
grant execute on function read_receipt to full_circle_public;
--> statement-breakpoint
grant execute on function withdraw_receipt to full_circle_public;
--> statement-breakpoint
-- full_circle_trust
grant select ("ods_code", "name", "status", "valid_from", "valid_to", "successor_ods_code", "note") on "organisations" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "organisation") on "standard_sets" to full_circle_trust;
--> statement-breakpoint
grant select ("set_id", "version", "revision", "title", "wording_status", "source", "licence", "attribution", "scale", "standards", "co_produced_by", "dissent", "changes", "published_at") on "standard_set_versions" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256") on "cycles" to full_circle_trust;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "published_at", "first_published_at", "withdrawn_at") on "published_loop_records" to full_circle_trust;
--> statement-breakpoint
grant insert ("cycle_id", "organisation", "service", "perspective", "as_is", "to_be", "answers", "safeguarding", "ethnicity", "rating_receipt", "text_receipts", "equality_receipt") on "inbox" to full_circle_trust;
--> statement-breakpoint
grant select ("receipt_hash"), insert ("receipt_hash", "cycle_id") on "used_receipts" to full_circle_trust;
--> statement-breakpoint
grant select ("key_hash", "cycle_id", "body_hash", "attempt", "rejected_indexes"), insert ("key_hash", "cycle_id", "body_hash", "attempt", "rejected_indexes"), update ("attempt") on "idempotency_records" to full_circle_trust;
--> statement-breakpoint
grant select ("client_id", "version", "title", "organisations", "scopes", "jwks", "jwks_url", "revoked_at") on "api_clients" to full_circle_trust;
--> statement-breakpoint
grant select ("client_id", "jti_hash"), insert ("client_id", "jti_hash", "expires_at") on "spent_assertions" to full_circle_trust;
--> statement-breakpoint
grant execute on function act_for to full_circle_trust;
--> statement-breakpoint
grant execute on function app_organisations to full_circle_trust;
--> statement-breakpoint
grant execute on function take_in_one to full_circle_trust;
--> statement-breakpoint
grant execute on function take_in_batch to full_circle_trust;
--> statement-breakpoint
-- full_circle_staff
grant select ("ods_code", "name", "status", "valid_from", "valid_to", "successor_ods_code", "note") on "organisations" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "organisation"), insert ("id", "organisation") on "standard_sets" to full_circle_staff;
--> statement-breakpoint
grant select ("set_id", "version", "revision", "title", "wording_status", "source", "licence", "attribution", "scale", "standards", "co_produced_by", "dissent", "changes", "published_at"), insert ("set_id", "version", "revision", "title", "wording_status", "source", "licence", "attribution", "scale", "standards", "co_produced_by", "dissent", "changes", "published_at"), update ("set_id", "version", "revision", "title", "wording_status", "source", "licence", "attribution", "scale", "standards", "co_produced_by", "dissent", "changes", "published_at") on "standard_set_versions" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256", "legal_hold_reason"), insert ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256", "legal_hold_reason"), update ("id", "version", "title", "organisations", "standard_set_id", "standard_set_version", "perspectives", "questions", "services", "channels", "opens_at", "closes_at", "threshold", "round_to", "look_again_on", "retention_days", "legal_hold_since", "scheduled_at", "released_at", "anonymity_statement", "anonymity_statement_sha256", "legal_hold_reason") on "cycles" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "published_at", "first_published_at", "withdrawn_at") on "published_loop_records" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "updated_at", "published_version", "withdrawn_at"), insert ("id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "updated_at", "published_version", "withdrawn_at"), update ("id", "version", "organisation", "cycle_id", "title", "you_said", "we_did", "difference", "look_again_on", "updated_at", "published_version", "withdrawn_at") on "loop_records" to full_circle_staff;
--> statement-breakpoint
grant select ("record_id", "version", "title", "you_said", "we_did", "difference", "look_again_on", "published_at"), insert ("record_id", "version", "title", "you_said", "we_did", "difference", "look_again_on", "published_at") on "loop_record_publications" to full_circle_staff;
--> statement-breakpoint
grant select ("client_id", "version", "title", "organisations", "scopes", "jwks", "jwks_url", "revoked_at"), insert ("client_id", "version", "title", "organisations", "scopes", "jwks", "jwks_url", "revoked_at"), update ("client_id", "version", "title", "organisations", "scopes", "jwks", "jwks_url", "revoked_at") on "api_clients" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "service", "question", "text", "safeguarding", "decision", "decision_reason"), update ("text", "decision", "decision_reason") on "text_parts" to full_circle_staff;
--> statement-breakpoint
grant select ("number", "occurred_at", "actor_kind", "actor", "organisations", "purpose", "request_id", "operation", "subject_kind", "subject", "outcome", "counts", "previous_hash", "hash") on "audit_events" to full_circle_staff;
--> statement-breakpoint
grant execute on function act_for to full_circle_staff;
--> statement-breakpoint
grant execute on function app_organisations to full_circle_staff;
--> statement-breakpoint
grant execute on function note_audit_event to full_circle_staff;
--> statement-breakpoint
grant execute on function flush_inbox to full_circle_staff;
--> statement-breakpoint
-- full_circle_flusher
grant select ("id", "organisations", "questions", "closes_at", "look_again_on", "released_at", "retention_days", "legal_hold_since") on "cycles" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "service", "perspective", "as_is", "to_be", "answers", "safeguarding", "ethnicity", "rating_receipt", "text_receipts", "equality_receipt"), insert ("id", "cycle_id", "organisation", "service", "perspective", "as_is", "to_be", "answers", "safeguarding", "ethnicity", "rating_receipt", "text_receipts", "equality_receipt"), delete, truncate on "inbox" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "service", "perspective", "as_is", "to_be", "receipt_hash"), insert ("id", "cycle_id", "organisation", "service", "perspective", "as_is", "to_be", "receipt_hash"), delete on "rating_parts" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "service", "perspective", "question", "text", "safeguarding", "decision", "decision_reason", "receipt_hash"), insert ("id", "cycle_id", "organisation", "service", "perspective", "question", "text", "safeguarding", "decision", "decision_reason", "receipt_hash"), delete on "text_parts" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "cycle_id", "organisation", "ethnicity", "receipt_hash"), insert ("id", "cycle_id", "organisation", "ethnicity", "receipt_hash"), delete on "equality_parts" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "organisation") on "standard_sets" to full_circle_flusher;
--> statement-breakpoint
grant select ("cycle_id"), delete on "used_receipts" to full_circle_flusher;
--> statement-breakpoint
grant select ("cycle_id"), delete on "idempotency_records" to full_circle_flusher;
--> statement-breakpoint
grant select ("expires_at"), delete on "spent_assertions" to full_circle_flusher;
--> statement-breakpoint
grant select ("client_id", "version", "organisations", "revoked_at") on "api_clients" to full_circle_flusher;
--> statement-breakpoint
grant select ("number", "hash"), insert ("number", "occurred_at", "actor_kind", "actor", "organisations", "purpose", "request_id", "operation", "subject_kind", "subject", "outcome", "counts", "previous_hash", "hash") on "audit_events" to full_circle_flusher;
--> statement-breakpoint
grant execute on function flush_due to full_circle_flusher;
--> statement-breakpoint
grant execute on function flush_inbox to full_circle_flusher;
--> statement-breakpoint
grant execute on function sweep_inbox to full_circle_flusher;
--> statement-breakpoint
grant execute on function keep_house to full_circle_flusher;
--> statement-breakpoint
grant execute on function append_audit_event to full_circle_flusher;
