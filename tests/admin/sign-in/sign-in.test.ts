import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignIn } from '../../../admin/sign-in/sign-in.ts';
import { TRANSACTION_SECONDS } from '../../../admin/sign-in/transaction.ts';
import { type SignInProvider, startSignInProvider } from '../../../dev/sign-in-provider.ts';
import { chooseDemoPerson, WebClient } from '../../support/demo-sign-in.ts';
import { consoleAt, failureOf } from './support/console.ts';

const SERVICE_URL = 'http://127.0.0.1:9';

let provider: SignInProvider;
let signIn: SignIn;
beforeAll(async () => {
  provider = await startSignInProvider({ serviceUrl: SERVICE_URL });
  signIn = consoleAt(provider.client);
});
afterAll(() => provider.close());

/** A sign-in as far as the provider's answer. */
async function comeBack(personId: string, console = signIn, returnPath = '/console/texts') {
  const { location, transaction } = await console.begin(returnPath);
  const callback = await chooseDemoPerson(new WebClient(), location, personId);
  return { callback, transaction };
}

describe('sign-in at oidc-provider', () => {
  it('tells who somebody is, what the provider says they may do, and where they wanted to go', async () => {
    const { callback, transaction } = await comeBack('alex');
    expect(callback.origin + callback.pathname).toBe(`${SERVICE_URL}/console/sign-in/callback`);
    const organisation = 'RHA';
    expect(await signIn.complete(callback.searchParams, transaction)).toEqual({
      identity: {
        issuer: provider.client.issuer,
        subject: 'alex',
        name: 'Alex Demo',
        claimed: [
          { organisation, role: 'administrator' },
          { organisation, role: 'moderator' },
          { organisation, role: 'publisher' },
          { organisation, role: 'auditor' },
        ],
      },
      returnPath: '/console/texts',
    });
  });

  it('gives nothing to somebody without a role, and says so', async () => {
    const { callback, transaction } = await comeBack('nia');
    const { identity } = await signIn.complete(callback.searchParams, transaction);
    expect(identity).toMatchObject({ subject: 'nia', claimed: [] });
  });

  it('takes roles as they are at the sign-in', async () => {
    provider.setRoles('morgan', ['RV3:auditor', 'RV3:owner', 'another-service']);
    const { callback, transaction } = await comeBack('morgan');
    const { identity } = await signIn.complete(callback.searchParams, transaction);
    expect(identity.claimed).toEqual([{ organisation: 'RV3', role: 'auditor' }]);
  });

  it('does not ask for roles where the console keeps them itself', async () => {
    const own = consoleAt({ ...provider.client, rolesClaim: null });
    const { callback, transaction } = await comeBack('amina', own);
    const { identity } = await own.complete(callback.searchParams, transaction);
    expect(identity).toMatchObject({ name: 'Amina Demo', claimed: null });
  });

  it('sends state, nonce and an S256 challenge, new each time, and no secret of the transaction', async () => {
    const [first, second] = await Promise.all([signIn.begin(null), signIn.begin(null)]);
    const query = first.location.searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      client_id: provider.client.clientId,
      redirect_uri: `${SERVICE_URL}/console/sign-in/callback`,
      scope: 'openid profile',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(query.get(name)).toMatch(/^[\w-]{43}$/);
      expect(query.get(name)).not.toBe(second.location.searchParams.get(name));
    }
    expect(query.has('code_verifier')).toBe(false);
  });

  it('leads to the console alone, whatever a link asks for', async () => {
    const { callback, transaction } = await comeBack('amina', signIn, 'https://evil.example/');
    const { returnPath } = await signIn.complete(callback.searchParams, transaction);
    expect(returnPath).toBe('/console');
  });

  it('signs out at the provider too, and comes back', async () => {
    const client = new WebClient();
    const { location } = await signIn.begin(null);
    await chooseDemoPerson(client, location, 'amina');
    const url = await signIn.signOutUrl();
    const { url: at, response } = await client.follow(url as URL);
    const page = await response.text();
    expect(page).toContain('Demo sign-in: sign out');
    const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? '';
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const confirmed = await client.request(new URL(action, at), {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect(confirmed.headers.get('location')).toBe(`${SERVICE_URL}/console/signed-out`);
  });
});

describe('sign-in at oidc-provider is refused', () => {
  it('when the person cancels', async () => {
    const { callback, transaction } = await comeBack('');
    expect(callback.searchParams.get('error')).toBe('access_denied');
    expect(await failureOf(signIn.complete(callback.searchParams, transaction))).toBe('refused');
  });

  it('when the code was used already', async () => {
    const { callback, transaction } = await comeBack('amina');
    await signIn.complete(callback.searchParams, transaction);
    expect(await failureOf(signIn.complete(callback.searchParams, transaction))).toBe('too_late');
  });

  it('when state is missing, changed, repeated, or of another sign-in', async () => {
    const { callback, transaction } = await comeBack('amina');
    const other = await signIn.begin(null);
    const changes: ((query: URLSearchParams) => void)[] = [
      (query) => query.delete('state'),
      (query) => query.set('state', 'A'.repeat(43)),
      (query) => query.append('state', 'A'.repeat(43)),
      (query) => query.set('state', other.location.searchParams.get('state') ?? ''),
    ];
    for (const change of changes) {
      const query = new URLSearchParams(callback.search);
      change(query);
      expect(await failureOf(signIn.complete(query, transaction))).toBe('mismatch');
    }
    const theirs = signIn.complete(callback.searchParams, other.transaction);
    expect(await failureOf(theirs)).toBe('mismatch');
    // None of that used the code up.
    const mine = await signIn.complete(callback.searchParams, transaction);
    expect(mine.identity.subject).toBe('amina');
  });

  it('when an error comes with the wrong state: nobody can end a sign-in that is not theirs', async () => {
    const { transaction } = await signIn.begin(null);
    const query = new URLSearchParams({ error: 'access_denied', state: 'A'.repeat(43) });
    expect(await failureOf(signIn.complete(query, transaction))).toBe('mismatch');
  });

  it('when it says that it comes from another provider, or does not say from which (RFC 9207)', async () => {
    const { callback, transaction } = await comeBack('amina');
    expect(callback.searchParams.get('iss')).toBe(provider.client.issuer);
    for (const iss of ['https://other.example', `${provider.client.issuer}/`, null]) {
      const query = new URLSearchParams(callback.search);
      if (iss === null) query.delete('iss');
      else query.set('iss', iss);
      expect(await failureOf(signIn.complete(query, transaction))).toBe('mismatch');
    }
  });

  it('when somebody injects their code into the sign-in of another: the verifier is not theirs', async () => {
    const attacker = await comeBack('alex');
    const victim = await comeBack('nia');
    const query = new URLSearchParams(victim.callback.search);
    query.set('code', attacker.callback.searchParams.get('code') ?? '');
    expect(await failureOf(signIn.complete(query, victim.transaction))).toBe('too_late');
  });

  it('when it took more than ten minutes, or the browser has no cookie', async () => {
    const { callback, transaction } = await comeBack('amina');
    const late = consoleAt(provider.client, TRANSACTION_SECONDS * 1000 + 1000);
    expect(await failureOf(late.complete(callback.searchParams, transaction))).toBe('too_late');
    expect(await failureOf(signIn.complete(callback.searchParams, undefined))).toBe('too_late');
  });

  it('when the provider does not accept the console', async () => {
    const wrong = consoleAt({ ...provider.client, clientSecret: 'not-its-secret' });
    const { callback, transaction } = await comeBack('amina', wrong);
    expect(await failureOf(wrong.complete(callback.searchParams, transaction))).toBe(
      'misconfigured',
    );
  });

  it('when the provider is down, before and after the person went there', async () => {
    const down = await startSignInProvider({ serviceUrl: SERVICE_URL });
    const known = consoleAt(down.client);
    const { callback, transaction } = await comeBack('amina', known);
    await down.close();
    expect(await failureOf(known.complete(callback.searchParams, transaction))).toBe('unreachable');
    expect(await failureOf(consoleAt(down.client).begin(null))).toBe('unreachable');
  });
});
