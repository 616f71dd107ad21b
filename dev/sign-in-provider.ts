import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import type { Context, Interaction, Provider } from 'oidc-provider';
import type { SignInClient } from './bindings.ts';
import { demoPeople } from './demo-people.ts';
import { errorPage, pagePolicy, peoplePage, signedOutPage, signOutPage } from './sign-in-pages.ts';
import { createStore } from './sign-in-store.ts';

const rolesClaim = 'roles';

/** Where people are chosen, with the id of the sign-in below it. */
const peoplePath = '/people/';

const tokenSeconds = 300;
const interactionSeconds = 3600;
const sessionSeconds = 8 * 3600;

export type SignInProvider = {
  /** What the console has to know of it. */
  readonly client: SignInClient;
  /** Gives a demo person other roles, as in `RHA:moderator`, from the next sign-in on. */
  readonly setRoles: (personId: string, roles: readonly string[]) => void;
  readonly close: () => Promise<void>;
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Starts an OpenID provider on a loopback port for the console of a local service: a real one, with demo people to choose
 * from in place of passwords. It keeps everything in memory.
 * @param options.serviceUrl where the console is, without a slash at the end; a function is asked at the first request
 * @param options.port where to listen if it is free; otherwise, and by default, any free port
 */
export async function startSignInProvider(options: {
  serviceUrl: string | (() => string);
  port?: number;
}): Promise<SignInProvider> {
  const roles = new Map(demoPeople.map(({ id, roles }) => [id, roles as readonly string[]]));
  const clientSecret = randomBytes(32).toString('base64url');
  let client: SignInClient;
  let handler: Promise<Handler> | undefined;
  const server = createServer(async (request, response) => {
    try {
      // Loading the library takes half a second, which nobody should wait for who does not sign in.
      handler ??= createHandler(client, options.serviceUrl, roles);
      await (await handler)(request, response);
    } catch (error) {
      process.stderr.write(`error: the demo sign-in failed: ${String(error)}\n`);
      response.writeHead(500).end();
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(options.port ?? 0).catch(() => listen(0));
  const { port } = server.address() as AddressInfo;
  client = {
    issuer: `http://127.0.0.1:${port}`,
    clientId: 'full-circle-console',
    clientSecret,
    rolesClaim,
  };
  return {
    client,
    setRoles: (personId, changed) => {
      if (!roles.has(personId)) throw new Error(`no demo person is called ${personId}`);
      roles.set(personId, changed);
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function createHandler(
  client: SignInClient,
  givenServiceUrl: string | (() => string),
  roles: ReadonlyMap<string, readonly string[]>,
): Promise<Handler> {
  const serviceUrl = typeof givenServiceUrl === 'string' ? givenServiceUrl : givenServiceUrl();
  const policy = pagePolicy(serviceUrl);
  const provider = await createProvider(client, serviceUrl, policy, roles);
  const handle = provider.callback();
  return async (request, response) => {
    if (!request.url?.startsWith(peoplePath)) return handle(request, response);
    const show = (status: number, html: string) => {
      const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
      response.writeHead(status, { ...headers, 'content-security-policy': policy }).end(html);
    };
    let interaction: Interaction;
    try {
      // The address must be that of this browser's sign-in, which a cookie names.
      interaction = await provider.interactionDetails(request, response);
      if (request.url !== `${peoplePath}${interaction.uid}`) throw new Error('not its sign-in');
    } catch {
      return show(400, errorPage('session_not_found'));
    }
    if (request.method !== 'POST') return show(200, peoplePage(demoPeople));
    await forgetSession(provider, interaction);
    const person = new URLSearchParams(await text(request)).get('person') ?? '';
    const result = roles.has(person)
      ? { login: { accountId: person, remember: false } }
      : { error: 'access_denied', error_description: 'Nobody was chosen.' };
    await provider.interactionFinished(request, response, result);
  };
}

/**
 * Ends the session that a browser still has here from before. One that signed out of the console alone comes as another person
 * next, and the library would ask it to sign out of the first by a page that needs scripts.
 */
async function forgetSession(provider: Provider, interaction: Interaction): Promise<void> {
  const cookie = interaction.session?.cookie;
  if (cookie === undefined) return;
  const session = await provider.Session.find(cookie);
  await session?.destroy();
  delete interaction.session;
  await interaction.save(interactionSeconds);
}

async function createProvider(
  client: SignInClient,
  serviceUrl: string,
  pagePolicy: string,
  roles: ReadonlyMap<string, readonly string[]>,
): Promise<Provider> {
  const { Provider, interactionPolicy } = await import('oidc-provider');
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'demo' };

  const policy = interactionPolicy.base();
  policy.remove('consent');
  const { checks } = policy.get('login');
  checks.clear();
  // Asked at every sign-in, so that one can be another person.
  checks.add(
    new interactionPolicy.Check(
      'choose_person',
      'a person has to be chosen',
      ({ oidc }) => oidc.result?.login === undefined,
    ),
  );

  const show = (context: Context, html: string) => {
    context.type = 'html';
    context.set('content-security-policy', pagePolicy);
    context.body = html;
  };
  const provider = new Provider(client.issuer, {
    adapter: createStore(),
    jwks: { keys: [signingKey] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [`${serviceUrl}/console/sign-in/callback`],
        post_logout_redirect_uris: [`${serviceUrl}/console/signed-out`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    responseTypes: ['code'],
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name', rolesClaim] },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    interactions: { policy, url: (_: Context, { uid }: { uid: string }) => peoplePath + uid },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        logoutSource: (context: Context, form: string) => show(context, signOutPage(form)),
        postLogoutSuccessSource: (context: Context) => show(context, signedOutPage()),
      },
    },
    // Whoever chose a person has agreed to everything.
    loadExistingGrant: async ({ oidc }: Context) => {
      const grant = new oidc.provider.Grant({
        ...(oidc.client && { clientId: oidc.client.clientId }),
        ...(oidc.session?.accountId && { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    findAccount: (_: Context, id: string) => {
      const person = demoPeople.find((known) => known.id === id);
      return (
        person && {
          accountId: id,
          claims: () => ({ sub: id, name: person.name, [rolesClaim]: roles.get(id) }),
        }
      );
    },
    renderError: (context: Context, { error }: { error: string }) =>
      show(context, errorPage(error)),
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: 60,
      IdToken: tokenSeconds,
      Interaction: interactionSeconds,
      Session: sessionSeconds,
      Grant: sessionSeconds,
    },
  });
  provider.on('server_error', (_, error) => {
    process.stderr.write(`error: the demo sign-in failed: ${error.message}\n`);
  });
  return provider;
}
