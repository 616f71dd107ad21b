-- What a release is made of: how many of each group gave each answer, in one pass over the parts. Only for whoever acts for
-- every organisation of the cycle in order to publish its results, and only once it is closed: while it is open nobody sees
-- ratings. Nothing of this leaves the service before disclosure control (domain/disclosure).
create function count_ratings(counted_cycle_id uuid, scale_min integer, scale_max integer)
returns table (organisation text, service text, perspective text, "position" integer, as_is integer[], to_be integer[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  counts_as_is text;
  counts_to_be text;
begin
  if current_setting('app.purpose', true) is distinct from 'results:publish' or not exists (
    select from cycles
    where cycles.id = counted_cycle_id and cycles.organisations <@ app_organisations()
      and cycles.closes_at <= clock_timestamp() + interval '1 minute'
  ) then
    return;
  end if;
  select string_agg(format('count(*) filter (where rating.as_is = %s)::integer', answer), ', ' order by answer),
    string_agg(format('count(*) filter (where rating.to_be = %s)::integer', answer), ', ' order by answer)
  into counts_as_is, counts_to_be
  from generate_series(scale_min, scale_max) as answer;
  return query execute format(
    'select part.organisation, part.service, part.perspective, rating.position::integer, array[%s], array[%s]
     from rating_parts as part, unnest(part.as_is, part.to_be) with ordinality as rating (as_is, to_be, position)
     where part.cycle_id = $1 group by part.organisation, part.service, part.perspective, rating.position',
    counts_as_is, counts_to_be) using counted_cycle_id;
end
$$;
--> statement-breakpoint
revoke execute on function count_ratings from public;
--> statement-breakpoint
grant create on schema public to full_circle_flusher;
--> statement-breakpoint
alter function count_ratings owner to full_circle_flusher;
--> statement-breakpoint
revoke create on schema public from full_circle_flusher;
--> statement-breakpoint
grant execute on function app_organisations to full_circle_flusher;
--> statement-breakpoint
create trigger audit_release after insert on releases
  for each row execute function audit_change('release', 'cycle_id', 'cycle_id');
--> statement-breakpoint
alter table releases enable row level security;
--> statement-breakpoint
create policy published on releases for select to full_circle_public, full_circle_trust, full_circle_staff
  using (true);
--> statement-breakpoint
create policy own_made on releases for insert to full_circle_staff
  with check (exists (select from cycles where cycles.id = cycle_id
    and cycles.organisations <@ (select app_organisations())::text[]));
--> statement-breakpoint
grant select ("cycle_id", "number", "released_at", "body", "sha256", "threshold", "round_to", "code_version") on "releases" to full_circle_public, full_circle_trust;
--> statement-breakpoint
grant select ("cycle_id", "number", "released_at", "body", "sha256", "threshold", "round_to", "code_version"), insert ("cycle_id", "number", "released_at", "body", "sha256", "threshold", "round_to", "code_version", "released_by") on "releases" to full_circle_staff;
--> statement-breakpoint
grant execute on function count_ratings to full_circle_staff;
