import { generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { Events, type MutableResponse, type MutableToken, OAuth2Server } from 'oauth2-mock-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SignIn } from '../../../admin/sign-in/sign-in.ts';
import { WebClient } from '../../support/demo-sign-in.ts';
import { consoleAt, failureOf } from './support/console.ts';

const CLIENT_ID = 'full-circle-console';
const client = { clientId: CLIENT_ID, clientSecret: null, rolesClaim: 'roles' };

/** A provider that signs whatever it is told to, as one that was broken into would. */
const server = new OAuth2Server();
let issuer: string;
let signIn: SignIn;
beforeAll(async () => {
  await server.issuer.keys.generate('RS256', { kid: 'announced' });
  await server.start(0, '127.0.0.1');
  issuer = server.issuer.url ?? '';
  signIn = consoleAt({ ...client, issuer });
});
afterEach(() => {
  for (const event of Object.values(Events)) server.service.removeAllListeners(event);
});
afterAll(() => server.stop());

async function attempt(console = signIn) {
  const { location, transaction } = await console.begin('/console/themes');
  const answer = await new WebClient().request(location);
  const callback = new URL(answer.headers.get('location') ?? '');
  return console.complete(callback.searchParams, transaction);
}

/** Changes ID tokens before the provider signs them. */
function changeClaims(change: (claims: Record<string, unknown>) => void): void {
  server.service.on(Events.BeforeTokenSigning, ({ payload }: MutableToken) => {
    if (payload.aud === CLIENT_ID) change(payload);
  });
}

/** Puts another ID token in the place of the provider's, with the same claims. */
async function attemptWith(forge: (claims: JWTPayload) => Promise<string>): Promise<unknown> {
  const { location, transaction } = await signIn.begin(null);
  const answer = await new WebClient().request(location);
  const callback = new URL(answer.headers.get('location') ?? '');
  const nowSeconds = Math.floor(Date.now() / 1000);
  const forged = await forge({
    ...{ iss: issuer, sub: 'amina', aud: CLIENT_ID, name: 'Amina', roles: [] },
    ...{ iat: nowSeconds, exp: nowSeconds + 60, nonce: location.searchParams.get('nonce') },
  });
  server.service.once(Events.BeforeResponse, ({ body }: MutableResponse) => {
    if (body !== '') body.id_token = forged;
  });
  return failureOf(signIn.complete(callback.searchParams, transaction));
}

/** The provider's own private key. */
async function ownKey() {
  const [jwk] = server.issuer.keys.toJSON(true);
  return importJWK(jwk ?? {}, 'RS256');
}

describe('sign-in at oauth2-mock-server', () => {
  it('takes its ID token as a public client, with what the token says and no more', async () => {
    changeClaims((claims) => {
      Object.assign(claims, { name: ' Johanna\u0007Demo ', roles: 'rv3:moderator other-service' });
    });
    expect(await attempt()).toEqual({
      identity: {
        issuer,
        subject: 'johndoe',
        name: 'Johanna Demo',
        claimed: [{ organisation: 'RV3', role: 'moderator' }],
      },
      returnPath: '/console/themes',
    });
  });

  it('takes a token that is put together here, so that what is refused below is refused for what is wrong with it', async () => {
    const header = { alg: 'RS256', kid: 'announced' };
    const key = await ownKey();
    const taken = await attemptWith((claims) =>
      new SignJWT(claims).setProtectedHeader(header).sign(key),
    );
    expect(taken).toMatchObject({ identity: { subject: 'amina' } });
  });
});

describe('an ID token is refused', () => {
  const nowSeconds = () => Math.floor(Date.now() / 1000);
  it.each<[string, (claims: Record<string, unknown>) => void]>([
    ['with another nonce', (claims) => Object.assign(claims, { nonce: 'A'.repeat(43) })],
    ['without a nonce', (claims) => delete claims.nonce],
    ['of another issuer', (claims) => Object.assign(claims, { iss: 'https://other.example' })],
    ['for somebody else', (claims) => Object.assign(claims, { aud: 'another-client' })],
    [
      'for others too, and given to one of them',
      (claims) => Object.assign(claims, { aud: [CLIENT_ID, 'other'], azp: 'other' }),
    ],
    ['that has expired', (claims) => Object.assign(claims, { exp: nowSeconds() - 60 })],
    ['that never expires', (claims) => delete claims.exp],
    ['that is not valid yet', (claims) => Object.assign(claims, { nbf: nowSeconds() + 600 })],
    ['of nobody', (claims) => Object.assign(claims, { sub: '' })],
    ['without a subject', (claims) => delete claims.sub],
    ['whose subject is no subject', (claims) => Object.assign(claims, { sub: 'a'.repeat(256) })],
  ])('%s', async (_, change) => {
    changeClaims(change);
    expect(await failureOf(attempt())).toBe('invalid_answer');
  });

  it('signed with another key under the same name, or under one that the provider does not announce', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    for (const kid of ['announced', 'unannounced']) {
      const failure = await attemptWith((claims) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey),
      );
      expect(failure).toBe('invalid_answer');
    }
  });

  it('signed by the provider, and changed afterwards', async () => {
    const key = await ownKey();
    const failure = await attemptWith(async (claims) => {
      const header = { alg: 'RS256', kid: 'announced' };
      const token = await new SignJWT(claims).setProtectedHeader(header).sign(key);
      const [head, , signature] = token.split('.');
      const changed = { ...claims, roles: ['RHA:administrator'] };
      return `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`;
    });
    expect(failure).toBe('invalid_answer');
  });

  it('unsigned (alg none), also with a signature that is not looked at', async () => {
    expect(await attemptWith(async (claims) => new UnsecuredJWT(claims).encode())).toBe(
      'invalid_answer',
    );
    const signed = await attemptWith(async (claims) => `${new UnsecuredJWT(claims).encode()}AAAA`);
    expect(signed).toBe('invalid_answer');
  });

  it('signed with a key that everybody knows: the public one, taken for a shared secret', async () => {
    const [jwk] = server.issuer.keys.toJSON();
    for (const secret of [JSON.stringify(jwk), CLIENT_ID.padEnd(32, ' ')]) {
      const failure = await attemptWith((claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: 'announced' })
          .sign(new TextEncoder().encode(secret)),
      );
      expect(failure).toBe('invalid_answer');
    }
  });

  it('that is missing', async () => {
    server.service.once(Events.BeforeResponse, ({ body }: MutableResponse) => {
      if (body !== '') delete body.id_token;
    });
    expect(await failureOf(attempt())).toBe('invalid_answer');
  });
});

describe('sign-in does not succeed', () => {
  it('when the provider tells of another person what was not in the token', async () => {
    server.service.once(Events.BeforeUserinfo, ({ body }: MutableResponse) => {
      Object.assign(body, { sub: 'somebody-else', roles: ['RHA:administrator'] });
    });
    expect(await failureOf(attempt())).toBe('invalid_answer');
  });

  it('when the provider is out of order as the code is redeemed', async () => {
    server.service.once(Events.BeforeResponse, (response: MutableResponse) => {
      response.statusCode = 503;
    });
    expect(await failureOf(attempt())).toBe('unreachable');
  });

  it.each([
    ['server_error', 'unreachable'],
    ['temporarily_unavailable', 'unreachable'],
    ['login_required', 'refused'],
    ['unauthorized_client', 'misconfigured'],
    ['<script>', 'misconfigured'],
  ])('when the provider answers %s', async (error, failure) => {
    const { location, transaction } = await signIn.begin(null);
    const state = location.searchParams.get('state') ?? '';
    const query = new URLSearchParams({ error, state, error_description: 'amina' });
    expect(await failureOf(signIn.complete(query, transaction))).toBe(failure);
  });

  it('when the address is that of a provider with another name', async () => {
    const other = issuer.replace('localhost', '127.0.0.1');
    expect(other).not.toBe(issuer);
    expect(await failureOf(consoleAt({ ...client, issuer: other }).begin(null))).toBe(
      'misconfigured',
    );
  });
});
