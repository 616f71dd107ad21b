import * as z from 'zod';

const DatabaseUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** Names of a machine for itself, as the WHATWG URL standard writes them. */
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** A binding that may be absent; an empty one counts as absent. */
const optional = z
  .string()
  .optional()
  .transform((text) => text || null);

/** What the Worker is given from outside. Secrets are marked; all else stands in wrangler.toml. */
const Bindings = z
  .object({
    /** Secrets. PostgreSQL URLs of the roles full_circle_public, _trust, _staff and _flusher: see db/roles.ts. */
    DATABASE_URL_PUBLIC: DatabaseUrl,
    DATABASE_URL_TRUST: DatabaseUrl,
    DATABASE_URL_STAFF: DatabaseUrl,
    DATABASE_URL_FLUSHER: DatabaseUrl,
    /** Where the Neon driver posts queries; absent in production, the loopback endpoint in development. */
    DATABASE_FETCH_ENDPOINT: z.union([z.literal(''), z.url()]).optional(),
    /** Where the service is reached from outside, without a slash at the end; issuer and audience of its tokens. */
    SERVICE_URL: z.url().regex(/[^/]$/, 'must not end in a slash'),
    /** Secret. RS256 private JWK with a kid, as JSON. */
    TOKEN_SIGNING_KEY: z.string().transform((text, context) => {
      const key = SigningKey.safeParse(parseOrNull(text));
      if (key.success) return key.data;
      context.addIssue('must be the JSON of an RSA private JWK with a kid');
      return z.NEVER;
    }),
    /** Secret. 32 random bytes, base64url: keys the hashes that the database keeps. */
    PEPPER: z.base64url().min(43),
    /** Secret. Key of GET /_status. */
    STATUS_API_KEY: z.string().min(16),
    ENVIRONMENT: z.string().min(1),
    /** What the console is called at the top of its pages; a trust that may, brands it. */
    CONSOLE_NAME: z.string().trim().min(1).max(60).default('Full Circle'),
    /** Days for which the database's history window and backups still hold what was deleted; told in every statement. */
    BACKUP_WINDOW_DAYS: z
      .string()
      .regex(/^\d{1,4}$/, 'must be a whole number of days')
      .transform(Number),
    /**
     * Names, with commas between, to which webhooks go although they are not public (domain/webhook-address.ts): `localhost`
     * on a developer's machine. Nothing anywhere else.
     */
    WEBHOOK_ALLOWED_HOSTS: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((host) => host !== '')),
    /**
     * The OpenID provider at which staff sign in to the console: its issuer, an https URL that has
     * /.well-known/openid-configuration below it, or in development http on the machine itself. Without it nobody can
     * sign in, and the API works as with it.
     */
    OIDC_ISSUER: z
      .union([z.literal(''), z.url({ protocol: /^https?$/ })])
      .optional()
      .transform((text) => (text ? new URL(text) : null)),
    /** What the provider knows the console as. */
    OIDC_CLIENT_ID: optional,
    /** Secret. Absent for a public client, which has PKCE alone. */
    OIDC_CLIENT_SECRET: optional,
    /** The claim that says who may do what, as in `RHA:moderator`; absent where roles are kept in the console alone. */
    OIDC_ROLES_CLAIM: optional,
    VERSION: z.string().default('0.0.0'),
    REVISION: z.string().default('unknown'),
    RELEASE_ID: z.string().default('unknown'),
    COMMIT_ID: z.string().default('unknown'),
    ASSETS: z.custom<Fetcher>(isObject, 'binding is missing'),
    PUBLIC_SUBMISSION_LIMIT: z.custom<RateLimit>(isObject, 'binding is missing'),
    CONFIRMATION_LIMIT: z.custom<RateLimit>(isObject, 'binding is missing'),
    RECEIPT_LIMIT: z.custom<RateLimit>(isObject, 'binding is missing'),
    TOKEN_LIMIT: z.custom<RateLimit>(isObject, 'binding is missing'),
  })
  .refine(
    (given) => given.WEBHOOK_ALLOWED_HOSTS.length === 0 || given.ENVIRONMENT === 'development',
    {
      path: ['WEBHOOK_ALLOWED_HOSTS'],
      error: 'must be empty outside development',
    },
  )
  .refine(({ OIDC_ISSUER: issuer }) => issuer === null || (!issuer.search && !issuer.hash), {
    path: ['OIDC_ISSUER'],
    error: 'must have no query and no fragment',
  })
  .refine(
    ({ OIDC_ISSUER: issuer, ENVIRONMENT }) =>
      issuer === null ||
      issuer.protocol === 'https:' ||
      (ENVIRONMENT === 'development' && loopback.test(issuer.hostname)),
    { path: ['OIDC_ISSUER'], error: 'must be an https URL' },
  )
  .refine((given) => given.OIDC_ISSUER === null || given.OIDC_CLIENT_ID !== null, {
    path: ['OIDC_CLIENT_ID'],
    error: 'must be there with OIDC_ISSUER',
  })
  .refine(
    (given) =>
      given.OIDC_ISSUER !== null ||
      (given.OIDC_CLIENT_ID ?? given.OIDC_CLIENT_SECRET ?? given.OIDC_ROLES_CLAIM) === null,
    { path: ['OIDC_ISSUER'], error: 'must be there with the other OIDC_ bindings' },
  );

const SigningKey = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  d: z.string(),
});

export type Bindings = z.output<typeof Bindings>;

/**
 * Checks everything that the Worker needs, when it starts.
 *
 * @throws Error that names each binding that is missing or wrong, and never shows a value
 */
export function checkBindings(env: unknown): Bindings {
  const checked = Bindings.safeParse(env);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(
    `The Worker cannot start. See .dev.vars.example and api/bindings.ts.\n${faults.join('\n')}`,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
