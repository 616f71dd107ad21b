import { Agent, request } from 'node:http';

/** What is sent, over and over. */
export interface Shot {
  method?: 'GET' | 'POST';
  url: string;
  headers: () => Record<string, string>;
  /** JSON; left out with GET. */
  body?: Buffer;
  expectedStatus: number;
}

export interface LoadResult {
  count: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Keeps `atOnce` requests under way for a time, and measures. @throws Error when one is not answered as expected */
export async function load(shot: Shot, atOnce: number, durationMs: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < endsAt) {
        const sentAt = performance.now();
        await send(shot, agent);
        latenciesMs.push(performance.now() - sentAt);
      }
    }),
  );
  const elapsedMs = performance.now() - startedAt;
  agent.destroy();
  return {
    count: latenciesMs.length,
    perSecond: (latenciesMs.length * 1000) / elapsedMs,
    ...percentiles(latenciesMs),
  };
}

/** Sends at a fixed rate whether or not answers come, as real senders do, and measures from when each was due. */
export async function loadAtRate(
  shot: Shot,
  perSecond: number,
  durationMs: number,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const count = Math.floor((perSecond * durationMs) / 1000);
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const dueMs = (index * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, dueMs));
      const dueAt = startedAt + dueMs;
      await send(shot, agent);
      latenciesMs.push(performance.now() - dueAt);
    }),
  );
  agent.destroy();
  return { count, perSecond, ...percentiles(latenciesMs) };
}

function percentiles(latenciesMs: number[]): { p50Ms: number; p99Ms: number } {
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function send(
  { method = 'POST', url, headers, body, expectedStatus }: Shot,
  agent: Agent,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        agent,
        headers: {
          ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
          ...headers(),
        },
      },
      (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === expectedStatus
            ? resolve()
            : reject(new Error(`${url} answered ${response.statusCode}`)),
        );
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
