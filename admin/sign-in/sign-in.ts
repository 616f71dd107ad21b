import type { Service } from '../../api/service.ts';
import { type Identity, Provider } from './provider.ts';
import {
  openTransaction,
  sealTransaction,
  startTransaction,
  transactionKey,
} from './transaction.ts';

/** Where the provider sends people back to after sign-in, and after sign-out; both are registered with it. */
export const CALLBACK_PATH = '/console/sign-in/callback';
export const SIGNED_OUT_PATH = '/console/signed-out';

/** What every provider tells: who somebody is, and their name. */
const scopes = ['openid', 'profile'];

/**
 * Sign-in to the console at an OpenID provider, from the redirect out to the identity that comes back. Keeps nothing
 * between the two but the cookie that the caller sets, and gives no session: that is the caller's.
 */
export class SignIn {
  readonly #service: Pick<Service, 'url' | 'pepper' | 'now'>;
  readonly #provider: Provider;

  constructor(
    service: Pick<Service, 'url' | 'pepper' | 'now'>,
    settings: NonNullable<Service['signIn']>,
  ) {
    this.#service = service;
    const redirectUri = `${service.url}${CALLBACK_PATH}`;
    this.#provider = new Provider({ ...settings, redirectUri, scopes }, () => service.now());
  }

  /**
   * Begins a sign-in.
   *
   * @param returnPath where to go afterwards, as asked for; anything but a page of the console becomes its first page
   * @returns where to send the browser, and a cookie value to be kept for TRANSACTION_SECONDS and given to `complete`
   * @throws SignInFailed `unreachable` or `misconfigured`
   */
  async begin(
    returnPath: string | null | undefined,
  ): Promise<{ location: URL; transaction: string }> {
    const { pepper, now } = this.#service;
    const transaction = startTransaction(returnPath, now());
    const location = await this.#provider.authorizationUrl(transaction);
    const key = await transactionKey(pepper);
    return { location, transaction: await sealTransaction(transaction, key) };
  }

  /**
   * Completes a sign-in. The caller deletes the cookie, whatever comes of it.
   *
   * @param callback the query with which the provider sent the browser back
   * @param transaction the cookie's value, absent where there was none
   * @throws SignInFailed, of any kind
   */
  async complete(
    callback: URLSearchParams,
    transaction: string | undefined,
  ): Promise<{ identity: Identity; returnPath: string }> {
    const { pepper, now } = this.#service;
    const opened = await openTransaction(transaction, await transactionKey(pepper), now());
    const identity = await this.#provider.identify(callback, opened);
    return { identity, returnPath: opened.returnPath };
  }

  /**
   * Where to send the browser to sign out at the provider too, from where it comes back to SIGNED_OUT_PATH; null where
   * the provider has no such page.
   *
   * @throws SignInFailed `unreachable` or `misconfigured`
   */
  signOutUrl(): Promise<URL | null> {
    return this.#provider.signOutUrl(`${this.#service.url}${SIGNED_OUT_PATH}`);
  }
}

/** Sign-in as the service is configured; null where it is not, and nobody can sign in. */
export function openSignIn(
  service: Pick<Service, 'url' | 'pepper' | 'now' | 'signIn'>,
): SignIn | null {
  return service.signIn === null ? null : new SignIn(service, service.signIn);
}
