import { randomBytes } from 'node:crypto';
import { SignInFailed } from '../../../../admin/sign-in/failure.ts';
import { SignIn } from '../../../../admin/sign-in/sign-in.ts';
import { Pepper } from '../../../../api/http/pepper.ts';

const pepper = new Pepper(randomBytes(32).toString('base64url'));

/** The console's side of sign-in, with a clock that is ahead. All share the key that seals transactions. */
export function consoleAt(
  client: {
    issuer: string;
    clientId: string;
    clientSecret: string | null;
    rolesClaim: string | null;
  },
  aheadMs = 0,
): SignIn {
  const now = () => new Date(Date.now() + aheadMs);
  return new SignIn(
    { url: 'http://127.0.0.1:9', pepper, now },
    { ...client, issuer: new URL(client.issuer) },
  );
}

/**
 * Why a sign-in failed, or what it gave where it did not. The failure has words for the person, and tells nothing of
 * tokens, codes or claims.
 */
export async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  const result = await attempt.catch((thrown: unknown) => thrown);
  if (!(result instanceof SignInFailed)) return result;
  const told = JSON.stringify({ ...result, message: result.message, cause: result.cause });
  if (/eyJ|Demo|amina|[\w-]{40}/.test(told)) return `tells too much: ${told}`;
  return result.detail.endsWith('.') ? result.failure : 'without words';
}
