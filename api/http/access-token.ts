import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Scope } from '../../domain/vocabulary.ts';

/** A client that is calling: taken from its registration when its token was issued. */
export interface ClientPrincipal {
  clientId: string;
  /** Version of the registration that the token stands for; a change of it ends the token. */
  clientVersion: number;
  /** ODS codes for which this request may act. */
  organisations: readonly string[];
  scopes: readonly Scope[];
}

/** Lifetime of an access token. The platform's own is ten minutes less a second. */
export const ACCESS_TOKEN_SECONDS = 599;

const ALGORITHM = 'RS256' as const;

/** A token that was verified stays so until it ends; this many are remembered. */
const MAX_REMEMBERED_TOKENS = 500;

/**
 * Issues and checks the service's access tokens: RFC 9068 JWTs (`at+jwt`) signed with RS256, the one
 * algorithm that RFC requires everybody to support. Whether the client is still registered is not in the
 * token: the statement that reads or writes asks the database.
 */
export class AccessTokens {
  readonly #signingKey: JWK;
  readonly #issuer: string;
  readonly #verified = new Map<string, { principal: ClientPrincipal; expiresAtSeconds: number }>();
  #privateKey: CryptoKey | undefined;
  #publicKey: CryptoKey | undefined;

  /** @param signingKey RS256 private JWK with a `kid` @param issuer the service's URL, `iss` and `aud` of its tokens */
  constructor(signingKey: JWK, issuer: string) {
    this.#signingKey = signingKey;
    this.#issuer = issuer;
  }

  /** The public half of the signing key, as published at /.well-known/jwks.json. */
  get publicJwk() {
    const { kid = '', n = '', e = '' } = this.#signingKey;
    return { kty: 'RSA' as const, kid, n, e, alg: ALGORITHM, use: 'sig' as const };
  }

  async issue(principal: ClientPrincipal, now: Date): Promise<string> {
    this.#privateKey ??= (await importJWK(this.#signingKey, ALGORITHM)) as CryptoKey;
    const issuedAtSeconds = Math.floor(now.getTime() / 1000);
    return new SignJWT({
      client_id: principal.clientId,
      client_version: principal.clientVersion,
      organisations: principal.organisations,
      scope: principal.scopes.join(' '),
    })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: this.publicJwk.kid })
      .setIssuer(this.#issuer)
      .setAudience(this.#issuer)
      .setSubject(principal.clientId)
      .setJti(crypto.randomUUID())
      .setIssuedAt(issuedAtSeconds)
      .setExpirationTime(issuedAtSeconds + ACCESS_TOKEN_SECONDS)
      .sign(this.#privateKey);
  }

  /** The principal of a token, or null for one that is malformed, forged, for somebody else or out of date. */
  async verify(token: string, now: Date): Promise<ClientPrincipal | null> {
    const remembered = this.#verified.get(token);
    if (remembered !== undefined)
      return now.getTime() / 1000 < remembered.expiresAtSeconds ? remembered.principal : null;

    this.#publicKey ??= (await importJWK(this.publicJwk, ALGORITHM)) as CryptoKey;
    try {
      const { payload } = await jwtVerify(token, this.#publicKey, {
        algorithms: [ALGORITHM],
        typ: 'at+jwt',
        issuer: this.#issuer,
        audience: this.#issuer,
        requiredClaims: ['exp', 'sub', 'client_id', 'client_version', 'organisations', 'scope'],
        currentDate: now,
      });
      // The signature is ours, so the claims have the shapes that issue() gave them.
      const claims = payload as typeof payload & {
        exp: number;
        client_id: string;
        client_version: number;
        organisations: string[];
        scope: string;
      };
      const principal: ClientPrincipal = {
        clientId: claims.client_id,
        clientVersion: claims.client_version,
        organisations: claims.organisations,
        scopes: claims.scope.split(' ') as Scope[],
      };
      if (this.#verified.size >= MAX_REMEMBERED_TOKENS) this.#verified.clear();
      this.#verified.set(token, { principal, expiresAtSeconds: claims.exp });
      return principal;
    } catch {
      return null;
    }
  }
}
