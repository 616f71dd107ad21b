import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { Service } from '../../support/service.ts';

/**
 * Sends the head of a request and half of its body, as a telephone does that has just lost the network.
 *
 * @returns how to send the rest, and be told the status of the answer
 */
export async function sendSlowly(
  service: Service,
  path: string,
  body: unknown,
): Promise<{ finish: () => Promise<number | undefined> }> {
  const token = await service.token('demo-trust');
  const text = Buffer.from(JSON.stringify(body));
  const sending = request(new URL(path, service.url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': text.length,
      'idempotency-key': randomUUID(),
    },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  await new Promise((resolve) => sending.write(text.subarray(0, 10), resolve));
  return {
    finish: () => {
      sending.end(text.subarray(10));
      return answered;
    },
  };
}
