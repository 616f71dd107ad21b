import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../../support/certificates.ts';

/** A webhook as it came. */
export type Received = {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** What a receiver answers: a status, with headers and a body if need be, or nothing at all. */
export type Answering =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'nothing';

export type Receiver = {
  /** No slash at the end. */
  readonly url: string;
  /** All that came, in order. */
  readonly received: Received[];
  readonly at: (path: string) => Received[];
  /** How it answers at a path, from now on; 204 where nothing was said. Called with the webhook. */
  readonly answer: (
    path: string,
    answering: (received: Received) => Answering | Promise<Answering>,
  ) => void;
  readonly stop: () => Promise<void>;
};

/** Starts somebody else's server, to which webhooks are posted, on a port of its own. */
export async function startReceiver(certificate: Certificate): Promise<Receiver> {
  const received: Received[] = [];
  const answers = new Map<string, (received: Received) => Answering | Promise<Answering>>();
  const server: Server = createServer(certificate, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const webhook = {
      path,
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString(),
    };
    received.push(webhook);
    const answering = (await answers.get(path)?.(webhook)) ?? { status: 204 };
    if (answering === 'nothing') return;
    response.writeHead(answering.status, answering.headers ?? {});
    response.end(answering.body);
  });
  // A client that does not trust the certificate ends the connection.
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    received,
    at: (path) => received.filter((webhook) => webhook.path === path),
    answer: (path, answering) => answers.set(path, answering),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
