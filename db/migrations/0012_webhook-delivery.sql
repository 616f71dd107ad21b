-- Webhooks: what is published or withdrawn is put on its way to whoever asked to be told, in the transaction that changes it,
-- so that no crash loses it and nothing is told that did not happen (docs/adr/0021).

-- Sent because somebody asked for it again or for a test, and not because it happened: that comes first.
alter table "webhook_deliveries" add column "by_hand" boolean default false not null;
--> statement-breakpoint
create unique index "webhook_endpoints_client_url" on "webhook_endpoints" using btree ("client_id", "url");
--> statement-breakpoint

-- As in 0004, and of what is deleted too.
create or replace function audit_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
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

-- Keeps an event if anybody asked for such, and queues it for every endpoint that is sent to. One that is disabled can have it
-- sent again once it is enabled.
create function tell_webhooks(told_type text, told_organisations text[], told_at timestamptz, told_data jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  told_event_id uuid;
begin
  if not exists (
    select from webhook_endpoints where told_type = any (events) and organisations && told_organisations
  ) then
    return;
  end if;
  insert into webhook_events (type, organisations, occurred_at, data)
  values (told_type, told_organisations, told_at, told_data) returning id into told_event_id;
  insert into webhook_deliveries (endpoint_id, event_id, next_attempt_at)
  select told.id, told_event_id, clock_timestamp()
  from (
    select id from webhook_endpoints
    where told_type = any (events) and organisations && told_organisations and disabled_at is null
    -- One that is being deleted meanwhile is waited for and left out: it must not make the change itself fail.
    for key share
  ) as told;
end
$$;
--> statement-breakpoint

-- A version of something was published. Arguments of the trigger: the type of the event, the table of what was published,
-- the column of its id, and the path where it is read.
create function tell_of_publication() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  thing_id uuid := (to_jsonb(new) ->> tg_argv[2])::uuid;
  thing_organisation text;
  thing_cycle_id uuid;
begin
  execute format('select organisation, cycle_id from %I where id = $1', tg_argv[1])
  into thing_organisation, thing_cycle_id using thing_id;
  perform tell_webhooks(tg_argv[0], array[thing_organisation], new.published_at, jsonb_build_object('id', thing_id,
    'version', new.version, 'organisation', thing_organisation, 'cycle', thing_cycle_id, 'href', tg_argv[3] || thing_id));
  return null;
end
$$;
--> statement-breakpoint

-- Something published was withdrawn: its tombstone. Arguments of the trigger: the type of the event, and the path.
create function tell_of_withdrawal() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_webhooks(tg_argv[0], array[new.organisation], new.withdrawn_at, jsonb_build_object('id', new.id,
    'version', new.published_version, 'organisation', new.organisation, 'cycle', new.cycle_id, 'href', tg_argv[1] || new.id));
  return null;
end
$$;
--> statement-breakpoint

-- A published theme went into another, which whoever holds on to it is to follow.
create function tell_of_merge() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_webhooks('theme.merged', array[new.organisation], new.updated_at, jsonb_build_object('id', new.id,
    'version', new.published_version, 'organisation', new.organisation, 'cycle', new.cycle_id,
    'mergedInto', new.merged_into, 'href', '/v1/themes/' || new.id));
  return null;
end
$$;
--> statement-breakpoint

-- Results of a cycle were released, for the first time or again.
create function tell_of_release() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  cycle_organisations text[];
begin
  select organisations into cycle_organisations from cycles where id = new.cycle_id;
  perform tell_webhooks('results.released', cycle_organisations, new.released_at, jsonb_build_object('cycleId', new.cycle_id,
    'release', new.number, 'organisations', cycle_organisations,
    'href', '/v1/cycles/' || new.cycle_id || '/results?release=' || new.number));
  return null;
end
$$;
--> statement-breakpoint
create trigger tell_of_loop_record after insert on loop_record_publications
  for each row execute function tell_of_publication('loop_record.published', 'loop_records', 'record_id', '/v1/loop-records/');
--> statement-breakpoint
create trigger tell_of_theme after insert on theme_publications
  for each row execute function tell_of_publication('theme.published', 'themes', 'theme_id', '/v1/themes/');
--> statement-breakpoint
create trigger tell_of_priority after insert on priority_publications
  for each row execute function tell_of_publication('priority.published', 'priorities', 'priority_id', '/v1/priorities/');
--> statement-breakpoint
create trigger tell_of_withdrawn_loop_record after update of withdrawn_at on loop_records
  for each row when (old.withdrawn_at is null and new.withdrawn_at is not null and new.published_version is not null)
  execute function tell_of_withdrawal('loop_record.withdrawn', '/v1/loop-records/');
--> statement-breakpoint
create trigger tell_of_withdrawn_theme after update of withdrawn_at on themes
  for each row when (old.withdrawn_at is null and new.withdrawn_at is not null and new.published_version is not null)
  execute function tell_of_withdrawal('theme.withdrawn', '/v1/themes/');
--> statement-breakpoint
create trigger tell_of_merged_theme after update of merged_into on themes
  for each row when (old.merged_into is null and new.merged_into is not null and new.published_version is not null
    and new.withdrawn_at is null)
  execute function tell_of_merge();
--> statement-breakpoint
create trigger tell_of_results after insert on releases
  for each row execute function tell_of_release();
--> statement-breakpoint

-- Notes what became of deliveries that a run of the schedule had claimed, each with the moment until which it was its own: one
-- that took longer, and that another has taken meanwhile, is not noted. No failure means that it was taken. A failed one is
-- due again after `delays_ms`; null: it is given up. An endpoint that says that it is gone, or that has taken nothing for
-- `failing_limit`, is disabled, and the audit trail says so; what waits for it stays.
create function note_webhook_attempts(endpoint_ids uuid[], event_ids uuid[], claims timestamptz[], statuses integer[],
  failures text[], delays_ms integer[], gone_endpoint_ids uuid[], failing_limit interval, note_request_id uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  noted_at timestamptz := clock_timestamp();
  ended record;
begin
  -- First and in one order, as whoever deletes an endpoint with its deliveries does: two never wait for each other.
  perform from webhook_endpoints where id = any (endpoint_ids) order by id for update;

  update webhook_deliveries as delivery set
    last_attempt_at = noted_at, last_status = attempt.status, last_failure = attempt.failure,
    delivered_at = case when attempt.failure is null then noted_at end,
    next_attempt_at = case when attempt.failure is not null then noted_at + attempt.delay_ms * interval '1 millisecond' end
  from unnest(endpoint_ids, event_ids, claims, statuses, failures, delays_ms)
    as attempt (endpoint_id, event_id, claim, status, failure, delay_ms)
  where delivery.endpoint_id = attempt.endpoint_id and delivery.event_id = attempt.event_id
    and delivery.next_attempt_at = attempt.claim;

  update webhook_endpoints set failing_since = null
  where failing_since is not null and id in (
    select attempt.endpoint_id from unnest(endpoint_ids, failures) as attempt (endpoint_id, failure)
    where attempt.failure is null);

  update webhook_endpoints set failing_since = noted_at
  where failing_since is null and id = any (endpoint_ids) and id not in (
    select attempt.endpoint_id from unnest(endpoint_ids, failures) as attempt (endpoint_id, failure)
    where attempt.failure is null);

  for ended in
    update webhook_endpoints set disabled_at = noted_at, version = version + 1,
      disabled_reason = case when id = any (gone_endpoint_ids) then 'gone' else 'failed' end
    where disabled_at is null and id = any (endpoint_ids)
      and (id = any (gone_endpoint_ids) or failing_since <= noted_at - failing_limit)
    returning id, organisations
  loop
    perform append_audit_event('schedule', null, ended.organisations, 'webhooks', note_request_id, 'disableWebhookEndpoint',
      'webhook-endpoint', ended.id::text, 'done', null);
  end loop;
end
$$;
--> statement-breakpoint
revoke execute on function tell_webhooks, tell_of_publication, tell_of_withdrawal, tell_of_merge, tell_of_release,
  note_webhook_attempts
  from public;
--> statement-breakpoint
grant create on schema public to full_circle_flusher;
--> statement-breakpoint
do $$
declare
  door text;
begin
  foreach door in array array['tell_webhooks', 'tell_of_publication', 'tell_of_withdrawal', 'tell_of_merge',
    'tell_of_release', 'note_webhook_attempts'] loop
    execute format('alter function %I owner to full_circle_flusher', door);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from full_circle_flusher;
--> statement-breakpoint

-- What staff change is noted.
create trigger audit_webhook_endpoint after insert or update or delete on webhook_endpoints
  for each row execute function audit_change('webhook-endpoint', 'id', 'organisations');
--> statement-breakpoint
alter table webhook_endpoints enable row level security;
--> statement-breakpoint
alter table webhook_events enable row level security;
--> statement-breakpoint
alter table webhook_deliveries enable row level security;
--> statement-breakpoint
create policy own on webhook_endpoints for all to full_circle_staff
  using (organisations <@ (select app_organisations())::text[])
  with check (organisations <@ (select app_organisations())::text[]);
--> statement-breakpoint
create policy every on webhook_endpoints for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy own on webhook_events for select to full_circle_staff
  using (organisations && (select app_organisations())::text[]);
--> statement-breakpoint
-- What happened, only the database itself says.
create policy own_test on webhook_events for insert to full_circle_staff
  with check (type = 'test' and organisations <@ (select app_organisations())::text[]);
--> statement-breakpoint
create policy every on webhook_events for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy own on webhook_deliveries for all to full_circle_staff
  using (exists (select from webhook_endpoints where webhook_endpoints.id = endpoint_id))
  with check (exists (select from webhook_endpoints where webhook_endpoints.id = endpoint_id));
--> statement-breakpoint
create policy every on webhook_deliveries for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy every on priorities for select to full_circle_flusher
  using (true);
--> statement-breakpoint

-- Grants, by column: printed by db/print-grants.ts.
grant select ("id", "version", "client_id", "organisations", "url", "events", "secret_version", "rotated_at", "failing_since", "disabled_at", "disabled_reason"), insert ("id", "client_id", "organisations", "url", "events"), update ("version", "organisations", "url", "events", "secret_version", "rotated_at", "failing_since", "disabled_at", "disabled_reason"), delete on "webhook_endpoints" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "type", "organisations", "occurred_at", "data"), insert ("id", "type", "organisations", "occurred_at", "data") on "webhook_events" to full_circle_staff;
--> statement-breakpoint
grant select ("endpoint_id", "event_id", "attempts", "next_attempt_at", "delivered_at", "last_attempt_at", "last_status", "last_failure", "by_hand"), insert ("endpoint_id", "event_id", "next_attempt_at", "by_hand"), update ("attempts", "next_attempt_at", "delivered_at", "by_hand") on "webhook_deliveries" to full_circle_staff;
--> statement-breakpoint
grant select ("id", "organisation", "cycle_id", "published_version", "withdrawn_at") on "loop_records" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "organisation", "cycle_id", "merged_into") on "themes" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "organisation", "cycle_id") on "priorities" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "version", "client_id", "organisations", "url", "events", "secret_version", "rotated_at", "failing_since", "disabled_at", "disabled_reason"), update ("version", "failing_since", "disabled_at", "disabled_reason") on "webhook_endpoints" to full_circle_flusher;
--> statement-breakpoint
grant select ("id", "type", "organisations", "occurred_at", "data"), insert ("id", "type", "organisations", "occurred_at", "data"), delete on "webhook_events" to full_circle_flusher;
--> statement-breakpoint
grant select ("endpoint_id", "event_id", "attempts", "next_attempt_at", "delivered_at", "last_attempt_at", "last_status", "last_failure", "by_hand"), insert ("endpoint_id", "event_id", "next_attempt_at"), update ("attempts", "next_attempt_at", "delivered_at", "last_attempt_at", "last_status", "last_failure") on "webhook_deliveries" to full_circle_flusher;
--> statement-breakpoint
grant execute on function note_webhook_attempts to full_circle_flusher;
