import type { Pepper } from '../http/pepper.ts';

/**
 * The signing secret of an endpoint, 32 bytes: derived from its id and the number of the secret with the key that only the
 * Worker holds, so that whoever reads the database cannot sign.
 */
export function webhookKey(
  pepper: Pepper,
  endpointId: string,
  secretVersion: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return pepper.digest('webhook-secret', [endpointId, String(secretVersion)]);
}

/** A secret as Standard Webhooks writes it: `whsec_` and base64. */
export function writeSecret(key: Uint8Array): string {
  return `whsec_${base64(key)}`;
}

const encoder = new TextEncoder();

/**
 * The header `webhook-signature` (Standard Webhooks, symmetric signatures): for each key `v1,` and the base64 of
 * HMAC-SHA-256 over `id.timestamp.body`, with spaces between.
 *
 * @param timestamp seconds since 1970
 */
export async function signWebhook(
  keys: readonly Uint8Array<ArrayBuffer>[],
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): Promise<string> {
  const message = encoder.encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(
    keys.map(async (key) => {
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
      return `v1,${base64(new Uint8Array(await crypto.subtle.sign('HMAC', imported, message)))}`;
    }),
  );
  return signatures.join(' ');
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
