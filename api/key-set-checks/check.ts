import type * as z from 'zod';
import { PublicKeySet } from '../api-clients/contract.ts';
import { fieldErrors } from '../http/pointer.ts';
import type { FieldError } from '../http/problem.ts';
import { findKey, type KeyDocument } from '../sign-in/client-keys.ts';
import type { KeySetCheck } from './contract.ts';

type Check = z.input<typeof KeySetCheck>;
type KeyCheck = Check['keys'][number];

/** What is told of a set with more keys is told of the first. */
const MAX_KEYS = 100;
const MAX_KID_LENGTH = 100;
/** What RS512 asks for (RFC 7518 section 3.3). */
const MIN_BITS = 2048;

/** Members that only a private or secret key has (RFC 7518 sections 6.2 to 6.4). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const HOLDS_A_PRIVATE_KEY =
  'There is a private key in it. Do not use that key any more: make a new pair, and publish only kty, kid, n and e.';

/** What a key set that a client publishes is good for: sign-in needs one key of it, and a private key spoils it. */
export async function checkPublished(document: KeyDocument): Promise<Check> {
  const { checks, problem } = await checkKeys(document);
  const nothing = checks.some(({ usable }) => usable)
    ? null
    : 'No key in it can be used to sign in.';
  return outcome(checks, problem ?? nothing);
}

/** What a key set that would be registered is good for: registering takes all of it or nothing. */
export async function checkRegistrable(
  jwks: Record<string, unknown>,
  document: KeyDocument,
): Promise<Check> {
  const { checks, problem } = await checkKeys(document);
  const parsed = PublicKeySet.safeParse(jwks);
  const errors = parsed.success ? [] : fieldErrors(parsed.error.issues);
  const keys = checks.map((check, index) => {
    const [error] = errors.filter(({ pointer }) => pointer.startsWith(`/keys/${index}/`));
    return check.problem !== null || error === undefined
      ? check
      : { ...check, usable: false, problem: sentenceOf(error, `/keys/${index}/`) };
  });
  const ofSet = errors.find(({ pointer }) => !/^\/keys\/\d/.test(pointer));
  const unusable = keys.some(({ usable }) => !usable)
    ? 'Not every key in it can be used: mend those, or leave them out.'
    : null;
  return outcome(keys, problem ?? (ofSet ? sentenceOf(ofSet, '/') : unusable));
}

function outcome(keys: KeyCheck[], problem: string | null): Check {
  return { usable: problem === null, problem, keys };
}

async function checkKeys(document: KeyDocument) {
  if ('problem' in document) return { checks: [], problem: document.problem };
  const keys: readonly unknown[] = document.keys.slice(0, MAX_KEYS);
  if (keys.length === 0) return { checks: [], problem: 'There is no key in it.' };
  const seen = new Set<string>();
  const checks: KeyCheck[] = [];
  for (const key of keys) {
    const check = await checkKey(key);
    const { kid } = (key ?? {}) as { kid?: unknown };
    const isRepeated = typeof kid === 'string' && seen.has(kid);
    if (typeof kid === 'string') seen.add(kid);
    checks.push(
      isRepeated && check.usable
        ? {
            ...check,
            usable: false,
            problem: 'A key before it has the same kid and is taken instead.',
          }
        : check,
    );
  }
  return { checks, problem: keys.some(isPrivate) ? HOLDS_A_PRIVATE_KEY : null };
}

async function checkKey(key: unknown): Promise<KeyCheck> {
  if (typeof key !== 'object' || key === null) return refused(null, 'This is not a key.');
  const { kid, kty } = key as Record<string, unknown>;
  const name = typeof kid === 'string' ? [...kid].slice(0, MAX_KID_LENGTH).join('') : null;
  if (isPrivate(key))
    return refused(name, 'This is a private key: do not use it any more, and make a new pair.');
  if (kty !== 'RSA') return refused(name, 'The key must be an RSA key: sign-in takes RS512 only.');
  if (typeof kid !== 'string' || kid === '')
    return refused(null, 'The key needs a kid, which the header of each assertion names.');
  const found = await findKey([key as never], kid);
  if (found === null) return refused(name, 'The key cannot be read as an RSA public key.');
  const { modulusLength: bits } = found.algorithm as unknown as { modulusLength: number };
  if (bits < MIN_BITS)
    return {
      ...refused(name, `The key has ${bits} bits: make one of at least ${MIN_BITS}.`),
      bits,
    };
  return { kid: name, bits, usable: true, problem: null };
}

function isPrivate(key: unknown): boolean {
  return (
    typeof key === 'object' &&
    key !== null &&
    privateMembers.some((member) => Object.hasOwn(key, member))
  );
}

function refused(kid: string | null, problem: string): KeyCheck {
  return { kid, bits: null, usable: false, problem };
}

/** A refusal of registering as a sentence, with the member that it is about. */
function sentenceOf({ pointer, detail }: FieldError, base: string): string {
  const member = pointer.slice(base.length);
  return member === '' ? detail : `${member}: ${detail}`;
}
