/**
 * The checks of a client assertion in the order and words of NHS England's identity service, so that a trust's
 * existing client code and its error handling work unchanged. `jose` alone does not refuse a replay, a list of
 * audiences, `iss` other than `sub` or a long life: those rules are here. Pure: the clock is an argument, and
 * looking up keys, verifying the signature and spending the `jti` are the caller's.
 */

/** A refusal in the platform's exact words. */
export interface AssertionFault {
  status: 400 | 401 | 403;
  error: 'invalid_request' | 'unsupported_grant_type' | 'public_key error' | 'access_denied';
  description: string;
}

const invalid = (description: string, status: 400 | 401 = 400): AssertionFault => ({
  status,
  error: 'invalid_request',
  description,
});

const keyFault = (status: 401 | 403, description: string): AssertionFault => ({
  status,
  error: 'public_key error',
  description,
});

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Seconds that an assertion may live, and by which clocks may differ. */
const MAX_LIFE_SECONDS = 300;
const LEEWAY_SECONDS = 10;

export const faults = {
  grantTypeMissing: invalid('grant_type is missing'),
  grantTypeWrong: {
    status: 400,
    error: 'unsupported_grant_type',
    description: 'grant_type is invalid',
  },
  assertionTypeWrong: invalid(
    `Missing or invalid client_assertion_type - must be '${ASSERTION_TYPE}'`,
  ),
  assertionMissing: invalid('Missing client_assertion'),
  malformed: invalid('Malformed JWT in client_assertion'),
  algWrong: invalid(
    "Invalid 'alg' header in client_assertion JWT - unsupported JWT algorithm - must be 'RS512'",
  ),
  kidMissing: invalid("Missing 'kid' header in client_assertion JWT"),
  kidUnknown: invalid("Invalid 'kid' header in client_assertion JWT - no matching public key", 401),
  typWrong: invalid("Invalid 'typ' header in client_assertion JWT - must be 'JWT'"),
  expMissing: invalid("Missing 'exp' claim in client_assertion JWT"),
  expNotInteger: invalid("Invalid 'exp' claim in client_assertion JWT - must be an integer"),
  expPast: invalid("Invalid 'exp' claim in client_assertion JWT - JWT has expired"),
  expTooFar: invalid("Invalid 'exp' claim in client_assertion JWT - more than 5 minutes in future"),
  issuerWrong: invalid("Missing or non-matching 'iss'/'sub' claims in client_assertion JWT"),
  issuerUnknown: invalid("Invalid 'iss'/'sub' claims in client_assertion JWT", 401),
  jtiMissing: invalid("Missing 'jti' claim in client_assertion JWT"),
  jtiNotString: invalid(
    "Invalid 'jti' claim in client_assertion JWT - must be a unique string value such as a GUID",
  ),
  jtiSpent: invalid("Non-unique 'jti' claim in client_assertion JWT"),
  audienceWrong: invalid("Missing or invalid 'aud' claim in client_assertion JWT", 401),
  keyMissing: keyFault(
    403,
    'You need to register a public key to use this authentication method - please contact support to configure',
  ),
  keysUnreachable: keyFault(403, "The JWKS endpoint, for your client_assertion can't be reached"),
  signatureWrong: keyFault(401, 'JWT signature verification failed'),
  clientRevoked: {
    status: 401,
    error: 'access_denied',
    description: 'The developer app associated with the API key is not approved or revoked',
  },
} as const satisfies Record<string, AssertionFault>;

type Members = Readonly<Record<string, unknown>>;

/** What is wrong with the form of a token request, or null. */
export function faultOfForm(form: Members): AssertionFault | null {
  if (!form.grant_type) return faults.grantTypeMissing;
  if (form.grant_type !== 'client_credentials') return faults.grantTypeWrong;
  if (form.client_assertion_type !== ASSERTION_TYPE) return faults.assertionTypeWrong;
  if (!form.client_assertion) return faults.assertionMissing;
  return null;
}

/** What is wrong with an assertion before its client is looked up: alg, expired, kid, typ, exp, iss and sub. */
export function faultBeforeClient(
  header: Members,
  claims: Members,
  now: Date,
): AssertionFault | null {
  const { exp } = claims;
  if (header.alg !== 'RS512') return faults.algWrong;
  if (typeof exp === 'number' && exp + LEEWAY_SECONDS <= seconds(now)) return faults.expPast;
  if (typeof header.kid !== 'string' || header.kid === '') return faults.kidMissing;
  if (typeof header.typ !== 'string' || header.typ.toUpperCase() !== 'JWT') return faults.typWrong;
  if (exp === undefined || exp === null) return faults.expMissing;
  if (!Number.isSafeInteger(exp)) return faults.expNotInteger;
  if (typeof claims.iss !== 'string' || claims.iss === '' || claims.iss !== claims.sub)
    return faults.issuerWrong;
  return null;
}

/** What the client's registration says to an assertion whose form is right. */
export interface ClientFacts {
  isKnown: boolean;
  isRevoked: boolean;
  /** Its `jti` was spent before. */
  isJtiSpent: boolean;
}

/** What is wrong with an assertion once its client was looked up: client, jti, exp too far, aud. */
export function faultWithClient(
  claims: Members,
  client: ClientFacts,
  tokenUrl: string,
  now: Date,
): AssertionFault | null {
  if (!client.isKnown) return faults.issuerUnknown;
  if (client.isRevoked) return faults.clientRevoked;
  const { jti, exp, aud } = claims;
  if (jti === undefined || jti === null || jti === '') return faults.jtiMissing;
  if (typeof jti !== 'string') return faults.jtiNotString;
  if (client.isJtiSpent) return faults.jtiSpent;
  if (Number(exp) > seconds(now) + MAX_LIFE_SECONDS + LEEWAY_SECONDS) return faults.expTooFar;
  if (aud !== tokenUrl) return faults.audienceWrong;
  return null;
}

/** Until when a spent `jti` must be remembered: as long as its assertion could be sent again. */
export function rememberUntil(claims: Members): Date {
  return new Date((Number(claims.exp) + LEEWAY_SECONDS) * 1000);
}

function seconds(moment: Date): number {
  return moment.getTime() / 1000;
}
