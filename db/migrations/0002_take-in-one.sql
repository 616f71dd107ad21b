-- The busiest statement of the product, as a function so that its plan is kept: planning it anew took longer than
-- running it. Takes one submission into the inbox if the gate is open: the cycle is at the version that the
-- submission was held against and takes submissions now, and the client (null: the public) is registered as its
-- token says. False: nothing was stored. The same gate stands in db/queries/inbox.ts for batches.
create function take_in_one(
  gate_cycle_id uuid, gate_cycle_version integer, gate_now timestamptz, gate_client_id text, gate_client_version integer,
  entry_organisation text, entry_service text, entry_perspective text, entry_as_is smallint[], entry_to_be smallint[],
  entry_answers text[], entry_ethnicity text
) returns boolean
language plpgsql as $$
begin
  insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, ethnicity)
  select cycles.id, entry_organisation, entry_service, entry_perspective, entry_as_is, entry_to_be, entry_answers,
    entry_ethnicity
  from cycles
  where cycles.id = gate_cycle_id and cycles.version = gate_cycle_version and cycles.scheduled_at is not null
    and cycles.opens_at <= gate_now and cycles.closes_at > gate_now
    and (gate_client_id is null or exists (
      select from api_clients
      where client_id = gate_client_id and version = gate_client_version and revoked_at is null));
  return found;
end
$$;
