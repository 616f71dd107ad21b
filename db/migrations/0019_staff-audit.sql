-- Changes of roles are noted once for each person and not once for each role, as every other change is once for each thing.

drop trigger audit_staff_assignment on staff_assignments;
--> statement-breakpoint

-- As in 0016, and notes it for the organisations in which something changes. Only functions write roles, and all through this
-- one, so that no handler can forget to.
create or replace function replace_staff_assignments(
  member_id uuid, within text[], new_organisations text[], new_roles text[]
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed_organisations text[];
begin
  with given as (
    select distinct organisation, role from unnest(new_organisations, new_roles) as each (organisation, role)
  ), removed as (
    delete from staff_assignments as held
    where held.staff_member_id = member_id and (within is null or held.organisation = any (within))
      and not exists (select from given where given.organisation = held.organisation and given.role = held.role)
    returning held.organisation
  ), added as (
    insert into staff_assignments as held (staff_member_id, organisation, role)
    select member_id, given.organisation, given.role from given
    on conflict do nothing
    returning held.organisation
  )
  select array_agg(distinct organisation order by organisation) into changed_organisations
  from (select organisation from removed union all select organisation from added) as changed;
  if changed_organisations is null then
    return;
  end if;
  update staff_members set version = version + 1 where id = member_id;
  perform note_audit_event('staff-member', member_id::text, changed_organisations, 'done');
end
$$;
