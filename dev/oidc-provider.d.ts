/** What the demo sign-in uses of oidc-provider, which comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  /** What the library gives to functions of its configuration: a Koa context. */
  export interface Context {
    type: string;
    body: string;
    set(name: string, value: string): void;
    oidc: {
      provider: Provider;
      client?: { clientId: string };
      session?: { accountId?: string };
      result?: { login?: { accountId: string } };
      account?: { accountId: string };
    };
  }

  /** A sign-in on its way, and the session that the browser had when it began. */
  export interface Interaction {
    readonly uid: string;
    session?: { readonly cookie?: string };
    save(seconds: number): Promise<string>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    readonly Grant: new (given: {
      clientId?: string;
      accountId?: string;
    }) => Grant;
    readonly Session: {
      find(cookie: string): Promise<{ destroy(): Promise<void> } | undefined>;
    };
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    /** @throws when the request has no cookie of a sign-in on its way */
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
    ): Promise<void>;
    on(event: 'server_error', listener: (context: Context, error: Error) => void): this;
  }

  interface Prompt {
    readonly checks: { clear(): void; add(check: Check): void };
  }
  class Check {
    constructor(reason: string, description: string, check: (context: Context) => boolean);
  }
  export const interactionPolicy: {
    base(): { get(name: string): Prompt; remove(name: string): void };
    Check: typeof Check;
  };
  export default Provider;
}
