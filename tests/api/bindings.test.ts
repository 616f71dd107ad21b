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
