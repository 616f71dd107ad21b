CREATE TABLE "staff_assignments" (
	"staff_member_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "staff_assignments_staff_member_id_organisation_role_pk" PRIMARY KEY("staff_member_id","organisation","role")
);
--> statement-breakpoint
CREATE TABLE "staff_members" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"name" text,
	"reference" text NOT NULL,
	CONSTRAINT "staff_members_reference_unique" UNIQUE("reference"),
	CONSTRAINT "staff_members_issuer_subject_unique" UNIQUE("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "staff_sessions" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_member_id" uuid NOT NULL,
	"staff_member_version" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "staff_assignments" ADD CONSTRAINT "staff_assignments_staff_member_id_staff_members_id_fk" FOREIGN KEY ("staff_member_id") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_member_id_staff_members_id_fk" FOREIGN KEY ("staff_member_id") REFERENCES "public"."staff_members"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "staff_assignments_organisation" ON "staff_assignments" USING btree ("organisation");--> statement-breakpoint

-- People of staff: who they are, what they may do and how long a session of theirs stands. Nobody but these functions reads or
-- writes sessions, and nobody but these writes who has which role.

-- Whether a session no longer stands: 15 minutes after it was used last, 8 hours after it began, and at once when the roles of
-- its staff member change.
create function is_staff_session_over(session staff_sessions) returns boolean
language sql stable
return session.last_seen_at <= clock_timestamp() - interval '15 minutes'
  or session.started_at <= clock_timestamp() - interval '8 hours'
  or not exists (select from staff_members as member
    where member.id = session.staff_member_id and member.version = session.staff_member_version);
--> statement-breakpoint

-- First in every batch that acts for a person, as act_for() is for a client. A session that is over, or an organisation in which
-- its staff member has no role, ends the whole batch with FC401. For no organisation: the batch may read what is published. That
-- the session was used is noted once a minute.
create function act_for_person(
  session_hash bytea, act_organisations text[], act_request_id uuid, act_operation text, act_purpose text
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  member_id uuid;
begin
  select session.staff_member_id into member_id from staff_sessions as session
  where session.id_hash = session_hash and not is_staff_session_over(session)
    and act_organisations <@ array(select held.organisation from staff_assignments as held
      where held.staff_member_id = session.staff_member_id);
  if member_id is null then
    raise exception 'person is not signed in' using errcode = 'FC401';
  end if;
  update staff_sessions set last_seen_at = clock_timestamp()
  where id_hash = session_hash and last_seen_at <= clock_timestamp() - interval '1 minute';
  perform set_config('app.organisations', array_to_string(act_organisations, ','), true),
    set_config('app.actor_kind', 'person', true), set_config('app.actor', member_id::text, true),
    set_config('app.request_id', act_request_id::text, true), set_config('app.operation', act_operation, true),
    set_config('app.purpose', act_purpose, true);
end
$$;
--> statement-breakpoint

-- Makes these the roles of a staff member in some organisations (null: in all). Their sessions end if that changes anything.
create function replace_staff_assignments(
  member_id uuid, within text[], new_organisations text[], new_roles text[]
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  removed_count integer;
  added_count integer;
begin
  delete from staff_assignments as held
  where held.staff_member_id = member_id and (within is null or held.organisation = any (within))
    and not exists (select from unnest(new_organisations, new_roles) as given (organisation, role)
      where given.organisation = held.organisation and given.role = held.role);
  get diagnostics removed_count = row_count;
  insert into staff_assignments (staff_member_id, organisation, role)
  select member_id, given.organisation, given.role
  from unnest(new_organisations, new_roles) as given (organisation, role)
  on conflict do nothing;
  get diagnostics added_count = row_count;
  if removed_count + added_count > 0 then
    update staff_members set version = version + 1 where id = member_id;
  end if;
end
$$;
--> statement-breakpoint

-- Somebody whom a provider knows signs in. At the first time they become a staff member without a role. Where the provider says
-- which roles they have (else null), these replace what they had. Sessions that are over are removed with it.
create function begin_staff_session(
  member_issuer text, member_subject text, member_name text, new_reference text, claimed_organisations text[],
  claimed_roles text[], session_hash bytea, begin_request_id uuid
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  member_id uuid;
begin
  insert into staff_members as known (issuer, subject, name, reference)
  values (member_issuer, member_subject, member_name, new_reference)
  on conflict (issuer, subject) do update set name = excluded.name
  returning known.id into member_id;
  perform set_config('app.actor_kind', 'person', true), set_config('app.actor', member_id::text, true),
    set_config('app.request_id', begin_request_id::text, true),
    set_config('app.operation', 'beginStaffSession', true), set_config('app.purpose', 'sign-in', true);
  if claimed_organisations is not null then
    perform replace_staff_assignments(member_id, null, claimed_organisations, claimed_roles);
  end if;
  delete from staff_sessions as session where is_staff_session_over(session);
  insert into staff_sessions (id_hash, staff_member_id, staff_member_version, started_at, last_seen_at)
  select session_hash, id, version, clock_timestamp(), clock_timestamp() from staff_members where id = member_id;
  perform note_audit_event('staff-member', member_id::text, array(
    select distinct organisation from staff_assignments where staff_member_id = member_id order by 1), 'done');
end
$$;
--> statement-breakpoint

-- What a session that stands is of. Reading it does not keep it alive.
create function read_staff_session(session_hash bytea)
returns table (member_id uuid, version integer, name text, reference text, assignments jsonb, started_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select member.id, member.version, member.name, member.reference, coalesce(
      (select jsonb_agg(jsonb_build_object('organisation', held.organisation, 'role', held.role)
        order by held.organisation, held.role)
      from staff_assignments as held where held.staff_member_id = member.id), '[]'),
    session.started_at
  from staff_sessions as session join staff_members as member on member.id = session.staff_member_id
  where session.id_hash = session_hash and not is_staff_session_over(session);
$$;
--> statement-breakpoint

-- Somebody signs out. One that is over already is removed without a word.
create function end_staff_session(session_hash bytea, end_request_id uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  standing_member_id uuid;
begin
  select session.staff_member_id into standing_member_id from staff_sessions as session
  where session.id_hash = session_hash and not is_staff_session_over(session);
  delete from staff_sessions where id_hash = session_hash;
  if found and standing_member_id is not null then
    perform append_audit_event('person', standing_member_id::text, array(
        select distinct organisation from staff_assignments where staff_member_id = standing_member_id order by 1),
      'sign-in', end_request_id, 'endStaffSession', 'staff-member', standing_member_id::text, 'done', null);
  end if;
end
$$;
--> statement-breakpoint

-- The staff member of a reference, whoever they are: for whoever may give them a role.
create function find_staff_member(found_reference text)
returns table (id uuid, version integer, name text, reference text)
language sql stable security definer set search_path = public, pg_temp as $$
  select member.id, member.version, member.name, member.reference from staff_members as member
  where member.reference = found_reference and current_setting('app.purpose', true) = 'staff:write';
$$;
--> statement-breakpoint

-- Replaces the roles of a staff member within the organisations for which the batch acts. Says what came of it: `assigned`, or
-- why nothing did. Somebody without a role in these organisations is known only to whoever knows their reference (else null).
create function assign_staff_roles(
  assigned_member_id uuid, known_reference text, known_version integer, new_organisations text[], new_roles text[]
) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  own text[] := app_organisations();
  current_version integer;
begin
  if own is null or not new_organisations <@ own or current_setting('app.purpose', true) <> 'staff:write' then
    raise insufficient_privilege using message = 'roles are given only within organisations of whoever gives them';
  end if;
  -- One after the other, so that of two administrators who remove each other one stays.
  perform pg_advisory_xact_lock(hashtextextended('staff_assignments', 0));
  select member.version into current_version from staff_members as member
  where member.id = assigned_member_id and (member.reference = known_reference or exists (
    select from staff_assignments as held where held.staff_member_id = member.id and held.organisation = any (own)));
  if not found then
    return 'unknown';
  end if;
  if current_setting('app.actor_kind') = 'person' and current_setting('app.actor') = assigned_member_id::text then
    return 'self';
  end if;
  if current_version <> known_version then
    return 'stale';
  end if;
  if exists (
    select from staff_assignments as held
    where held.staff_member_id = assigned_member_id and held.role = 'administrator' and held.organisation = any (own)
      and not exists (select from unnest(new_organisations, new_roles) as given (organisation, role)
        where given.organisation = held.organisation and given.role = 'administrator')
      and not exists (select from staff_assignments as other
        where other.organisation = held.organisation and other.role = 'administrator'
          and other.staff_member_id <> assigned_member_id)
  ) then
    return 'last-administrator';
  end if;
  perform replace_staff_assignments(assigned_member_id, own, new_organisations, new_roles);
  return 'assigned';
end
$$;
--> statement-breakpoint
revoke execute on function is_staff_session_over, act_for_person, replace_staff_assignments, begin_staff_session,
  read_staff_session, end_staff_session, find_staff_member, assign_staff_roles
  from public;
--> statement-breakpoint
grant create on schema public to full_circle_flusher;
--> statement-breakpoint
do $$
declare
  door text;
begin
  foreach door in array array['is_staff_session_over', 'act_for_person', 'replace_staff_assignments', 'begin_staff_session',
    'read_staff_session', 'end_staff_session', 'find_staff_member', 'assign_staff_roles'] loop
    execute format('alter function %I owner to full_circle_flusher', door);
  end loop;
end
$$;
--> statement-breakpoint
revoke create on schema public from full_circle_flusher;
--> statement-breakpoint

-- Each role that somebody is given, or that is taken from them, is noted for its organisation.
create trigger audit_staff_assignment after insert or delete on staff_assignments
  for each row execute function audit_change('staff-member', 'staff_member_id', 'organisation');
--> statement-breakpoint
alter table staff_members enable row level security;
--> statement-breakpoint
alter table staff_assignments enable row level security;
--> statement-breakpoint
alter table staff_sessions enable row level security;
--> statement-breakpoint
create policy own on staff_assignments for select to full_circle_staff
  using (organisation = any ((select app_organisations())::text[]));
--> statement-breakpoint
create policy own on staff_members for select to full_circle_staff
  using (exists (select from staff_assignments where staff_assignments.staff_member_id = staff_members.id));
--> statement-breakpoint
create policy every on staff_assignments for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy every on staff_members for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint
create policy every on staff_sessions for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint

-- Grants, by column: printed by db/print-grants.ts.
grant select ("id", "version", "name", "reference") on "staff_members" to full_circle_staff;
--> statement-breakpoint
grant select ("staff_member_id", "organisation", "role") on "staff_assignments" to full_circle_staff;
--> statement-breakpoint
grant execute on function act_for_person to full_circle_staff;
--> statement-breakpoint
grant execute on function begin_staff_session to full_circle_staff;
--> statement-breakpoint
grant execute on function read_staff_session to full_circle_staff;
--> statement-breakpoint
grant execute on function end_staff_session to full_circle_staff;
--> statement-breakpoint
grant execute on function find_staff_member to full_circle_staff;
--> statement-breakpoint
grant execute on function assign_staff_roles to full_circle_staff;
--> statement-breakpoint
grant select ("id", "version", "name", "reference", "issuer", "subject"), insert ("issuer", "subject", "name", "reference"), update ("version", "name") on "staff_members" to full_circle_flusher;
--> statement-breakpoint
grant select ("staff_member_id", "organisation", "role"), insert ("staff_member_id", "organisation", "role"), delete on "staff_assignments" to full_circle_flusher;
--> statement-breakpoint
grant select ("id_hash", "staff_member_id", "staff_member_version", "started_at", "last_seen_at"), insert ("id_hash", "staff_member_id", "staff_member_version", "started_at", "last_seen_at"), update ("last_seen_at"), delete on "staff_sessions" to full_circle_flusher;
--> statement-breakpoint
grant execute on function is_staff_session_over to full_circle_flusher;
