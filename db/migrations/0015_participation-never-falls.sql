alter table shown_participation enable row level security;
--> statement-breakpoint
create policy shown on shown_participation for all to full_circle_flusher
  using (true)
  with check (true);
--> statement-breakpoint

-- As in 0008, but that what was told once is told from then on and never less: somebody who sends submissions of their own and
-- takes them back one by one could otherwise measure how many others there are.
create or replace function count_participation(counted_cycle_id uuid)
returns table (organisation text, perspective text, people integer)
language sql volatile security definer set search_path = public, pg_temp as $$
  with counted as (
    select part.organisation, part.perspective, (count(*) / 10 * 10)::integer as people
    from rating_parts as part
    where part.cycle_id = counted_cycle_id and part.organisation = any (app_organisations())
      and current_setting('app.purpose', true) = 'cycles:write'
    group by part.organisation, part.perspective
    having count(*) >= 10
  ), grown as (
    insert into shown_participation as shown (cycle_id, organisation, perspective, people)
    select counted_cycle_id, counted.organisation, counted.perspective, counted.people
    from counted join cycles on cycles.id = counted_cycle_id
    where counted.people >= cycles.threshold
    on conflict (cycle_id, organisation, perspective) do update set people = excluded.people
      where shown.people < excluded.people
    returning shown.organisation, shown.perspective, shown.people
  )
  select grown.organisation, grown.perspective, grown.people from grown
  union all
  select shown.organisation, shown.perspective, shown.people
  from shown_participation as shown
  where shown.cycle_id = counted_cycle_id and shown.organisation = any (app_organisations())
    and current_setting('app.purpose', true) = 'cycles:write'
    and (shown.organisation, shown.perspective) not in (select grown.organisation, grown.perspective from grown);
$$;
--> statement-breakpoint
grant select ("cycle_id", "organisation", "perspective", "people"), insert ("cycle_id", "organisation", "perspective", "people"), update ("people") on "shown_participation" to full_circle_flusher;
--> statement-breakpoint
grant select ("theme_id", "text_id", "question", "quote") on "published_quotes" to full_circle_public;
--> statement-breakpoint
grant select ("theme_id", "text_id", "question", "quote") on "published_quotes" to full_circle_staff;
--> statement-breakpoint
grant select ("theme_id", "text_id", "question", "quote") on "published_quotes" to full_circle_trust;
