import { PostFftError } from './errors.ts';
import { exchange, type Persistence, persist, type Reply } from './retry.ts';
import type { SignIn } from './sign-in.ts';

/** The two kinds of call that the poster makes. Both repeat themselves until answered, or throw PostFftError. */
export interface Api {
  /** A public read. `path` starts with `/v1/`. */
  get(path: string): Promise<Reply>;
  /** A post under an idempotency key; `json` is sent as it is, so that a repetition is the same to the byte. */
  post(path: string, json: string, idempotencyKey: string, what: string): Promise<Reply>;
}

/** @param onBehalfOf ODS code to name in each post, for a client that is registered for several trusts. */
export function apiAt(
  base: string,
  signIn: SignIn,
  onBehalfOf: string | null,
  persistence: Persistence,
): Api {
  const address = (path: string) => `${base}${path}`;
  return {
    get: (path) =>
      persist(
        'reading the cycle',
        () => exchange(address(path), { headers: { accept: 'application/json' } }),
        persistence,
      ),

    post: (path, json, idempotencyKey, what) => {
      const once = async () => {
        const token = await signIn.token();
        const reply = await exchange(address(path), {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            accept: 'application/json',
            'idempotency-key': idempotencyKey,
            ...(onBehalfOf === null ? {} : { 'nhsd-end-user-organisation-ods': onBehalfOf }),
          },
          body: json,
        });
        if (reply.status === 401) signIn.forget(token);
        return reply;
      };
      return persist(
        what,
        async () => {
          const reply = await once();
          // Once more with a new token; a second refusal is not about the token's age.
          return reply.status === 401 ? once() : reply;
        },
        persistence,
      );
    },
  };
}

/** The service's own account of a refusal, in one line. */
export function refusal(what: string, reply: Reply): PostFftError {
  const problem = (reply.body ?? {}) as {
    title?: string;
    detail?: string;
    code?: string;
    requestId?: string;
    errors?: { pointer: string; detail: string }[];
  };
  const faults = (problem.errors ?? [])
    .slice(0, 3)
    .map(({ pointer, detail }) => `${pointer} ${detail}`);
  const sentence = [problem.code, problem.detail ?? problem.title].filter(Boolean).join(': ');
  const said = [sentence, ...faults].filter(Boolean).join(' ');
  const trace = problem.requestId ? ` [request ${problem.requestId}]` : '';
  return new PostFftError(
    `${what} was refused (HTTP ${reply.status})${said ? `: ${said.slice(0, 300)}` : ''}${trace}`,
  );
}

/**
 * Comments must not travel in the clear: https, or http to this machine.
 *
 * @returns the address without a closing slash
 * @throws PostFftError for any other
 */
export function checkAddress(url: string): string {
  const address = URL.parse(url);
  if (!address) throw new PostFftError(`"${url}" is not an address`);
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(address.hostname);
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && local)) {
    throw new PostFftError(`${url}: only https is used for other machines`);
  }
  return `${address.origin}${address.pathname}`.replace(/\/+$/, '');
}
