import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  bodyLimitBytes,
  parseConnectionString,
  parseRequest,
  RequestRefused,
  readSettings,
} from './neon-protocol.ts';
import {
  DatabaseUnavailable,
  type Statement,
  StatementRefused,
  type StatementResult,
  type TransactionSettings,
} from './statements.ts';

/** What tests may break on purpose. */
export type EndpointFaults = {
  /** Every call is answered 503 without reaching the database. */
  unavailable: boolean;
  /** That many of the next calls are carried out, and their answers lost. */
  answersToLose: number;
  /** Every answer waits this long after the work is done. */
  delayMs: number;
};

export type NeonEndpoint = {
  /** For the Worker's DATABASE_FETCH_ENDPOINT. */
  readonly url: string;
  /** How many calls the Worker has made: a batch is one. */
  readonly calls: number;
  readonly faults: EndpointFaults;
  readonly close: () => Promise<void>;
};

export type NeonEndpointOptions = {
  readonly database: {
    readonly run: (
      statements: readonly Statement[],
      settings?: TransactionSettings,
      role?: string,
    ) => Promise<StatementResult[]>;
  };
  /**
   * When given, the connection string must carry it: other users of the machine can reach a
   * loopback port too.
   */
  readonly password?: string;
  /**
   * Roles as which a connection string may come, each with its own rights. When left out, everything
   * runs as the owner, whatever the connection string says.
   */
  readonly roles?: readonly string[];
};

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) throw new RequestRefused(413, 'the request is too large');
    chunks.push(chunk);
  }
  return (
    chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
  ).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof StatementRefused)
    send(response, 400, { message: error.message, ...error.members });
  else if (error instanceof RequestRefused)
    send(response, error.status, { message: error.message });
  else if (error instanceof DatabaseUnavailable)
    send(response, 503, { message: 'the database does not answer' });
  else send(response, 500, { message: 'the endpoint failed' });
}

async function answer(request: IncomingMessage, options: NeonEndpointOptions): Promise<unknown> {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const connection = parseConnectionString(header('neon-connection-string'));
  if (options.password !== undefined && connection.password !== options.password) {
    throw new StatementRefused({
      message: `password authentication failed for user "${connection.user}"`,
      severity: 'FATAL',
      code: '28P01',
    });
  }
  if (options.roles !== undefined && !options.roles.includes(connection.user)) {
    throw new StatementRefused({
      message: `role "${connection.user}" may not log in`,
      severity: 'FATAL',
      code: '28000',
    });
  }
  const role = options.roles === undefined ? undefined : connection.user;
  if (header('neon-raw-text-output') !== 'true' || header('neon-array-mode') !== 'true') {
    throw new RequestRefused(400, 'only raw text output in array mode is spoken here');
  }
  const sql = parseRequest(await readBody(request));
  if (sql.batch)
    return { results: await options.database.run(sql.statements, readSettings(header), role) };
  return (await options.database.run(sql.statements, undefined, role))[0];
}

/**
 * Speaks Neon's HTTP SQL protocol on a free loopback port, in front of any database, so that the
 * Worker runs with the same driver here and in production. Statements and their parameters are
 * never written anywhere.
 */
export async function startNeonEndpoint(options: NeonEndpointOptions): Promise<NeonEndpoint> {
  const faults: EndpointFaults = { unavailable: false, answersToLose: 0, delayMs: 0 };
  let calls = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page in a browser can name any host that resolves to this machine: only loopback names are
    // served.
    if (!loopbackHost.test(request.headers.host ?? ''))
      return send(response, 403, { message: 'not for this host' });
    if (request.method !== 'POST' || request.url !== '/sql')
      return send(response, 404, { message: 'POST /sql' });
    calls += 1;
    if (faults.unavailable) {
      request.resume();
      return send(response, 503, { message: 'the database does not answer' });
    }
    try {
      const result = await answer(request, options);
      if (faults.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
      if (faults.answersToLose > 0) {
        faults.answersToLose -= 1;
        request.socket.destroy();
        return;
      }
      send(response, 200, result);
    } catch (error) {
      sendError(response, error);
    }
  }

  const server: Server = createServer({ noDelay: true }, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  // Longer than any pause between two requests of a Worker, which would otherwise meet a connection
  // just closed.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sql`,
    get calls() {
      return calls;
    },
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
