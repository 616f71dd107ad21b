import * as oauth from 'oauth4webapi';
import { readClaimedRoles } from '../../domain/claimed-roles.ts';
import type { StaffAssignment } from '../../domain/staff-role.ts';
import { SignInFailed } from './failure.ts';
import { asSignInFailed } from './failure-of-library.ts';
import type { Transaction } from './transaction.ts';

/** How the console is known to an OpenID provider. */
export interface ProviderConfiguration {
  issuer: URL;
  clientId: string;
  /** null for a public client, which has PKCE alone. */
  clientSecret: string | null;
  /** Where the provider sends people back to; registered there. */
  redirectUri: string;
  /** The claim that says who may do what; null where roles are kept in the console alone. */
  rolesClaim: string | null;
  /** What to ask for; always with `openid`. */
  scopes: readonly string[];
}

/** Who somebody is, as the provider says. Issuer and subject together name one person for good. */
export interface Identity {
  issuer: string;
  subject: string;
  /** For showing only. */
  name: string | null;
  /** What the provider's roles claim says; null where the console does not ask it. */
  claimed: StaffAssignment[] | null;
}

/** A provider changes its addresses rarely, and announces new keys elsewhere. */
const DISCOVERY_SECONDS = 3600;

/** A provider that has not answered by then counts as unreachable. */
const ANSWER_TIMEOUT_MS = 8_000;

/** The most that OpenID Connect allows a subject (Core, section 2). */
const MAX_SUBJECT_LENGTH = 255;

/** Long enough for any name; what is longer is no name. */
const MAX_NAME_LENGTH = 200;

/**
 * An OpenID provider, by the authorization code flow with PKCE (OpenID Connect Core 1.0; RFC 9700 for what stands against
 * which attack). Discovery is kept in memory, tokens nowhere.
 */
export class Provider {
  readonly #configuration: ProviderConfiguration;
  readonly #client: oauth.Client;
  readonly #now: () => Date;
  #discovered: { server: oauth.AuthorizationServer; at: number } | undefined;

  constructor(configuration: ProviderConfiguration, now: () => Date = () => new Date()) {
    this.#configuration = configuration;
    this.#client = { client_id: configuration.clientId };
    this.#now = now;
  }

  /**
   * Where to send the browser.
   *
   * @throws SignInFailed `unreachable` or `misconfigured`
   */
  async authorizationUrl({ state, nonce, codeVerifier }: Transaction): Promise<URL> {
    const { clientId, redirectUri, scopes } = this.#configuration;
    const url = await this.#endpoint('authorization_endpoint');
    if (url === null) throw new SignInFailed('misconfigured', 'no_authorization_endpoint');
    const parameters = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: [...new Set(['openid', ...scopes])].join(' '),
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url;
  }

  /**
   * Who came back. Checks that the answer belongs to the transaction and comes from this provider (state, RFC 9207),
   * redeems its code, and checks the ID token: signature, issuer, audience, times, nonce.
   *
   * @param callback the query with which the provider sent the browser back
   * @throws SignInFailed of any kind
   */
  async identify(callback: URLSearchParams, transaction: Transaction): Promise<Identity> {
    const server = await this.#discover();
    try {
      const parameters = this.#checkCallback(server, callback, transaction.state);
      const { claims, accessToken } = await this.#redeem(server, parameters, transaction);
      const more = await this.#readUserInfo(server, claims, accessToken);
      return this.#identityOf(claims, more);
    } catch (error) {
      throw asSignInFailed(error);
    }
  }

  /**
   * Where to send the browser to end the session at the provider too (OpenID Connect RP-Initiated Logout 1.0), or null
   * where it has no such page. Names the client instead of showing an ID token, since none is kept: a provider may ask
   * the person whether to sign out.
   *
   * @param returnTo where to come back to; registered with the provider
   * @throws SignInFailed `unreachable` or `misconfigured`
   */
  async signOutUrl(returnTo: string): Promise<URL | null> {
    const url = await this.#endpoint('end_session_endpoint');
    url?.searchParams.set('client_id', this.#configuration.clientId);
    url?.searchParams.set('post_logout_redirect_uri', returnTo);
    return url;
  }

  /** For every request to the provider. Plain http is only for a provider whose issuer is http, as on a developer's machine. */
  get #options() {
    return {
      [oauth.allowInsecureRequests]: this.#configuration.issuer.protocol === 'http:',
      signal: () => AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    };
  }

  async #discover(): Promise<oauth.AuthorizationServer> {
    const at = this.#now().getTime() / 1000;
    if (this.#discovered !== undefined && at - this.#discovered.at < DISCOVERY_SECONDS)
      return this.#discovered.server;
    const { issuer } = this.#configuration;
    try {
      const response = await oauth.discoveryRequest(issuer, this.#options);
      const server = await oauth.processDiscoveryResponse(issuer, response);
      this.#discovered = { server, at };
      return server;
    } catch (error) {
      const failed = asSignInFailed(error);
      // Before anybody has signed in, an answer that makes no sense is one of the wrong address.
      if (failed.failure !== 'invalid_answer') throw failed;
      throw new SignInFailed('misconfigured', failed.code);
    }
  }

  /** A page of the provider that browsers are sent to. */
  async #endpoint(name: 'authorization_endpoint' | 'end_session_endpoint'): Promise<URL | null> {
    const address = (await this.#discover())[name];
    if (address === undefined) return null;
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url?.protocol === 'https:' || url?.protocol === this.#configuration.issuer.protocol)
      return url;
    throw new SignInFailed('misconfigured', `invalid_${name}`);
  }

  #checkCallback(server: oauth.AuthorizationServer, callback: URLSearchParams, state: string) {
    try {
      return oauth.validateAuthResponse(server, this.#client, callback, state);
    } catch (error) {
      // Its other refusals are of an answer that is not this provider's to this transaction.
      if (error instanceof oauth.AuthorizationResponseError) throw error;
      throw new SignInFailed('mismatch', 'callback');
    }
  }

  async #redeem(
    server: oauth.AuthorizationServer,
    parameters: URLSearchParams,
    { codeVerifier, nonce }: Transaction,
  ): Promise<{ claims: oauth.IDToken; accessToken: string }> {
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      this.#client,
      this.#authentication(server),
      parameters,
      this.#configuration.redirectUri,
      codeVerifier,
      this.#options,
    );
    // Told apart from what the library calls a malformed answer.
    if (response.status >= 500) throw new SignInFailed('unreachable', `status_${response.status}`);
    const tokens = await oauth.processAuthorizationCodeResponse(server, this.#client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(server, response, this.#options);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (claims === undefined) throw new SignInFailed('invalid_answer', 'no_id_token');
    if (claims.sub === '' || claims.sub.length > MAX_SUBJECT_LENGTH)
      throw new SignInFailed('invalid_answer', 'subject');
    return { claims, accessToken: tokens.access_token };
  }

  /** As the provider supports it: with the secret in a header, which is the standard's default, or in the body. */
  #authentication(server: oauth.AuthorizationServer): oauth.ClientAuth {
    const { clientSecret } = this.#configuration;
    if (clientSecret === null) return oauth.None();
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    if (supported.includes('client_secret_basic')) return oauth.ClientSecretBasic(clientSecret);
    if (supported.includes('client_secret_post')) return oauth.ClientSecretPost(clientSecret);
    throw new SignInFailed('misconfigured', 'client_authentication');
  }

  /** Some providers tell names and roles only when asked again (OpenID Connect Core, section 5.3). */
  async #readUserInfo(
    server: oauth.AuthorizationServer,
    claims: oauth.IDToken,
    accessToken: string,
  ): Promise<Record<string, unknown>> {
    const { rolesClaim } = this.#configuration;
    const isComplete = ['name', ...(rolesClaim === null ? [] : [rolesClaim])].every(
      (name) => claims[name] !== undefined,
    );
    if (isComplete || server.userinfo_endpoint === undefined) return {};
    const response = await oauth.userInfoRequest(server, this.#client, accessToken, this.#options);
    // Its subject must be the ID token's, or it could speak of somebody else.
    return oauth.processUserInfoResponse(server, this.#client, claims.sub, response);
  }

  #identityOf(claims: oauth.IDToken, more: Record<string, unknown>): Identity {
    const { rolesClaim } = this.#configuration;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      name: readName(claims.name ?? more.name),
      claimed:
        rolesClaim === null ? null : readClaimedRoles(claims[rolesClaim] ?? more[rolesClaim]),
    };
  }
}

function readName(claim: unknown): string | null {
  if (typeof claim !== 'string') return null;
  const name = claim.replace(/\p{Cc}+/gu, ' ').trim();
  return name === '' || name.length > MAX_NAME_LENGTH ? null : name;
}
