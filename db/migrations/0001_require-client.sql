-- Called first in every batch that acts for an API client: a revoked client, or one whose registration has
-- changed since its token was issued, ends the whole batch, so that revocation takes effect at once and
-- nothing of the batch is kept. SQLSTATE FC401 is the product's own; api/http/failure.ts answers 401 to it.
create function require_client(id text, registered_version integer) returns void
language plpgsql stable as $$
begin
  if not exists (
    select from api_clients
    where client_id = id and version = registered_version and revoked_at is null
  ) then
    raise exception 'client is not registered' using errcode = 'FC401';
  end if;
end
$$;
