import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import { readSigningClient, spendAssertion } from '../../db/queries/api-clients.ts';
import {
  type AssertionFault,
  faultBeforeClient,
  faultOfForm,
  faults,
  faultWithClient,
  rememberUntil,
} from '../../domain/client-assertion.ts';
import { clientIdPattern } from '../api-clients/contract.ts';
import { ACCESS_TOKEN_SECONDS } from '../http/access-token.ts';
import { sha256Hex } from '../http/digest.ts';
import { OauthError } from '../http/oauth-error.ts';
import { serve } from '../http/serve.ts';
import { dayOf } from '../shapes.ts';
import { ClientKeys, findKey } from './client-keys.ts';
import * as contract from './contract.ts';

const clientKeys = new ClientKeys();

/** An assertion taken apart, its signature not yet looked at. */
interface Assertion {
  jwt: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

export const issueToken = serve(contract.issueToken).with(async ({ body, service, now }) => {
  const { accessTokens } = service;
  const db = service.databases.trust;
  refuseFor(faultOfForm(body));
  const { jwt, header, claims } = takeApart(body.client_assertion ?? '');
  refuseFor(faultBeforeClient(header, claims, now));

  const jtiHash = typeof claims.jti === 'string' ? await sha256Hex(claims.jti) : null;
  const issuer = String(claims.iss);
  const [found] = clientIdPattern.test(issuer) ? await readSigningClient(db, issuer, jtiHash) : [];
  const facts = {
    isKnown: found !== undefined,
    isRevoked: found !== undefined && found.client.revokedAt !== null,
    isJtiSpent: found?.isJtiSpent ?? false,
  };
  refuseFor(faultWithClient(claims, facts, `${service.url}/oauth2/token`, now));
  if (found === undefined || jtiHash === null) throw refusal(faults.issuerUnknown);

  const keys = await clientKeys.of(found.client, now);
  if (keys === 'none-registered') throw refusal(faults.keyMissing);
  if (keys === 'unreachable') throw refusal(faults.keysUnreachable);
  const key = await findKey(keys.keys, String(header.kid));
  if (key === null) throw refusal(faults.kidUnknown);
  if (!(await isSignedWith(jwt, key))) throw refusal(faults.signatureWrong);

  // Last of all, so that nobody who cannot sign for a client can burn its ids.
  const { clientId, version: clientVersion, organisations, scopes } = found.client;
  const client = { clientId, clientVersion };
  const spent = await spendAssertion(db, client, jtiHash, rememberUntil(claims), dayOf(now));
  if (spent.rows.length === 0) throw refusal(faults.jtiSpent);

  const token = await accessTokens.issue({ ...client, organisations, scopes }, now);
  return {
    status: 200,
    body: {
      access_token: token,
      expires_in: String(ACCESS_TOKEN_SECONDS),
      token_type: 'Bearer',
      issued_at: String(now.getTime()),
    },
  };
});

export const getSigningKeys = serve(contract.getSigningKeys).with(async ({ service }) => ({
  status: 200,
  body: { keys: [service.accessTokens.publicJwk] },
}));

function takeApart(jwt: string): Assertion {
  try {
    if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(jwt)) throw new Error('not a compact JWS');
    return { jwt, header: { ...decodeProtectedHeader(jwt) }, claims: { ...decodeJwt(jwt) } };
  } catch {
    throw refusal(faults.malformed);
  }
}

async function isSignedWith(jwt: string, key: CryptoKey): Promise<boolean> {
  try {
    await compactVerify(jwt, key, { algorithms: ['RS512'] });
    return true;
  } catch {
    return false;
  }
}

function refuseFor(fault: AssertionFault | null): void {
  if (fault !== null) throw refusal(fault);
}

function refusal({ status, error, description }: AssertionFault): OauthError {
  return new OauthError(status, error, description);
}
