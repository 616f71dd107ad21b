import { describe, expect, it } from 'vitest';
import { checkBindings } from '../../api/bindings.ts';
import { workerBindings } from '../../dev/bindings.ts';
import { createSecrets } from '../../dev/keys.ts';

const secrets = await createSecrets();
const given = workerBindings({
  serviceUrl: 'https://full-circle.example.nhs.uk',
  endpointUrl: 'http://127.0.0.1:4444/sql',
  secrets,
});
const good: Record<string, unknown> = {
  ...given.vars,
  ...given.secrets,
  ASSETS: {},
  PUBLIC_SUBMISSION_LIMIT: {},
  CONFIRMATION_LIMIT: {},
  RECEIPT_LIMIT: {},
  TOKEN_LIMIT: {},
};

function complaintOf(env: unknown): string {
  try {
    checkBindings(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const required = [
  'DATABASE_URL_PUBLIC',
  'DATABASE_URL_TRUST',
  'DATABASE_URL_STAFF',
  'DATABASE_URL_FLUSHER',
  'SERVICE_URL',
  'TOKEN_SIGNING_KEY',
  'PEPPER',
  'STATUS_API_KEY',
  'ENVIRONMENT',
  'BACKUP_WINDOW_DAYS',
  'ASSETS',
  'PUBLIC_SUBMISSION_LIMIT',
  'CONFIRMATION_LIMIT',
  'RECEIPT_LIMIT',
  'TOKEN_LIMIT',
];

describe('the check of bindings at start', () => {
  it('takes what the local stack gives', () => {
    expect(complaintOf(good)).toBe('');
    expect(checkBindings(good).TOKEN_SIGNING_KEY).toMatchObject({ kty: 'RSA' });
  });

  it.each(required)('names %s when it is missing, and nothing else', (name) => {
    const { [name]: _, ...rest } = good;
    const named = complaintOf(rest).split('\n').slice(1);
    expect(named).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it('lets webhooks go to private names in development, and starts nowhere else with one', () => {
    const hosts = { WEBHOOK_ALLOWED_HOSTS: 'localhost,receiver.internal' };
    expect(checkBindings({ ...good, ...hosts }).WEBHOOK_ALLOWED_HOSTS).toEqual([
      'localhost',
      'receiver.internal',
    ]);
    for (const ENVIRONMENT of ['staging', 'production']) {
      expect(complaintOf({ ...good, ...hosts, ENVIRONMENT })).toContain(
        '\nWEBHOOK_ALLOWED_HOSTS: ',
      );
      expect(complaintOf({ ...good, WEBHOOK_ALLOWED_HOSTS: '', ENVIRONMENT })).toBe('');
    }
    const { WEBHOOK_ALLOWED_HOSTS: _, ...without } = good;
    expect(checkBindings({ ...without, ENVIRONMENT: 'production' }).WEBHOOK_ALLOWED_HOSTS).toEqual(
      [],
    );
  });

  const signIn = {
    OIDC_ISSUER: 'https://id.example.nhs.uk/staff',
    OIDC_CLIENT_ID: 'full-circle-console',
    OIDC_CLIENT_SECRET: 'a-secret-of-the-console',
    OIDC_ROLES_CLAIM: 'roles',
  };

  it('does without a provider for sign-in, and takes one with or without a secret and a claim', () => {
    const nowhere = { OIDC_ISSUER: null, OIDC_CLIENT_ID: null, OIDC_CLIENT_SECRET: null };
    expect(checkBindings(good)).toMatchObject(nowhere);
    const empty = Object.fromEntries(Object.keys(signIn).map((name) => [name, '']));
    expect(checkBindings({ ...good, ...empty })).toMatchObject(nowhere);
    expect(checkBindings({ ...good, ...signIn })).toMatchObject({
      ...signIn,
      OIDC_ISSUER: new URL(signIn.OIDC_ISSUER),
    });
    const { OIDC_ISSUER, OIDC_CLIENT_ID } = signIn;
    expect(complaintOf({ ...good, OIDC_ISSUER, OIDC_CLIENT_ID })).toBe('');
  });

  it.each<[string, Record<string, string>]>([
    ['OIDC_CLIENT_ID', { OIDC_ISSUER: signIn.OIDC_ISSUER }],
    ['OIDC_ISSUER', { OIDC_CLIENT_ID: signIn.OIDC_CLIENT_ID }],
    ['OIDC_ISSUER', { OIDC_CLIENT_SECRET: signIn.OIDC_CLIENT_SECRET }],
    ['OIDC_ISSUER', { OIDC_ROLES_CLAIM: 'roles' }],
    ['OIDC_ISSUER', { ...signIn, OIDC_ISSUER: 'http://id.example.nhs.uk' }],
    ['OIDC_ISSUER', { ...signIn, OIDC_ISSUER: 'http://127.example.nhs.uk' }],
    ['OIDC_ISSUER', { ...signIn, OIDC_ISSUER: 'ftp://id.example.nhs.uk' }],
    ['OIDC_ISSUER', { ...signIn, OIDC_ISSUER: 'https://id.example.nhs.uk/?a=b' }],
    ['OIDC_ISSUER', { ...signIn, OIDC_ISSUER: 'https://id.example.nhs.uk/#a' }],
    ['OIDC_ISSUER', { ...signIn, OIDC_ISSUER: 'id.example.nhs.uk' }],
  ])('names %s where sign-in is half configured or not safe: %j', (name, given) => {
    const complaint = complaintOf({ ...good, ...given });
    expect(complaint).toContain(`\n${name}: `);
    for (const value of Object.values(given)) expect(complaint).not.toContain(value);
  });

  it.each(['http://127.0.0.1:8788', 'http://localhost:8788', 'http://[::1]:8788'])(
    'signs in at %s in development, and starts nowhere else with it',
    (OIDC_ISSUER) => {
      const given = { ...good, ...signIn, OIDC_ISSUER, WEBHOOK_ALLOWED_HOSTS: '' };
      expect(complaintOf(given)).toBe('');
      for (const ENVIRONMENT of ['staging', 'production'])
        expect(complaintOf({ ...given, ENVIRONMENT })).toContain('\nOIDC_ISSUER: ');
    },
  );

  it('names everything that is missing at once', () => {
    const complaint = complaintOf({});
    for (const name of required) expect(complaint).toContain(`\n${name}: `);
  });

  it('does without what has a default', () => {
    const { VERSION, REVISION, RELEASE_ID, COMMIT_ID, DATABASE_FETCH_ENDPOINT, ...rest } = good;
    expect(checkBindings(rest)).toMatchObject({ VERSION: '0.0.0', COMMIT_ID: 'unknown' });
    expect(complaintOf({ ...rest, DATABASE_FETCH_ENDPOINT: '' })).toBe('');
  });

  const marker = 'zqxjk';
  it.each<[string, unknown]>([
    ['DATABASE_URL_PUBLIC', `mysql://user:${marker}@host/database`],
    ['DATABASE_URL_FLUSHER', marker],
    ['BACKUP_WINDOW_DAYS', marker],
    ['BACKUP_WINDOW_DAYS', '1.5'],
    ['DATABASE_FETCH_ENDPOINT', marker],
    ['SERVICE_URL', `https://${marker}.example.org/`],
    ['SERVICE_URL', marker],
    ['TOKEN_SIGNING_KEY', `{"kty":"RSA","n":"${marker}"}`],
    ['TOKEN_SIGNING_KEY', `{"kty":"oct","kid":"1","k":"${marker}"}`],
    ['TOKEN_SIGNING_KEY', `not json ${marker}`],
    ['PEPPER', marker],
    ['PEPPER', `${marker} with spaces that is long enough to be a pepper`],
    ['STATUS_API_KEY', marker],
    ['ENVIRONMENT', ''],
    ['ASSETS', marker],
    ['TOKEN_LIMIT', null],
  ])('names %s when it is wrong, and never shows a value: %j', (name, value) => {
    const complaint = complaintOf({ ...good, [name]: value });
    expect(complaint).toContain(`\n${name}: `);
    expect(complaint).not.toContain(marker);
    for (const secret of Object.values(given.secrets)) expect(complaint).not.toContain(secret);
  });

  it('shows no value when everything is wrong', () => {
    const wrong = Object.fromEntries(Object.keys(good).map((name) => [name, marker]));
    expect(complaintOf(wrong)).not.toContain(marker);
  });
});
