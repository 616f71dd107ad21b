import { SESSION_IDLE_MINUTES } from '../domain/staff-session.ts';
import type { ConsoleService } from './console-service.ts';
import type { FormErrors } from './form-errors.ts';
import { FormTokenContext } from './form-token-context.tsx';
import { type Frame, Layout } from './layout.tsx';
import { Redirect, type Result, type View } from './page.tsx';
import type { SignedIn } from './signed-in.ts';

/**
 * Headers of every page of the console.
 *
 * Nothing runs or is styled that is not a file of ours, nothing is asked of another host, no other page may frame it. Pages are
 * not kept, so that nothing shows after signing out. The referrer goes to ourselves only: with `no-referrer`, as on the API,
 * browsers send `Origin: null` with forms (Fetch standard, "append a request Origin header"), and the check of it could not work.
 */
export const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'Cache-Control': 'no-store',
} as const;

/** A result as it goes out. */
export function respond(result: Result, frame: Frame): Response {
  if (result instanceof Redirect) return redirect(result.href);
  if (result instanceof Response) return withPageHeaders(result);
  return renderView(result, frame);
}

/** See Other: whatever was sent, the next page is asked for with GET (RFC 9110, 15.4.4). */
export function redirect(href: string, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 303,
    headers: { ...pageHeaders, ...headers, Location: href },
  });
}

/** The frame of a page, with whoever is signed in. */
export function frameOf(
  service: ConsoleService,
  request: Request,
  signedIn: SignedIn | null,
): Frame {
  return {
    consoleName: service.name,
    assetVersion: service.assetVersion,
    path: new URL(request.url).pathname,
    isPublic: false,
    signedIn: signedIn && {
      person: signedIn.person,
      formToken: signedIn.formToken,
      idleSeconds: SESSION_IDLE_MINUTES * 60,
    },
  };
}

export function renderView(
  view: View & { errors?: FormErrors },
  frame: Frame,
  headers: Record<string, string> = {},
): Response {
  const html = (
    <FormTokenContext.Provider value={frame.signedIn?.formToken ?? ''}>
      <Layout frame={frame} view={view} />
    </FormTokenContext.Provider>
  );
  return new Response(`<!DOCTYPE html>${html.toString()}`, {
    status: view.status ?? 200,
    headers: { ...pageHeaders, ...headers, 'Content-Type': 'text/html; charset=utf-8' },
  });
}

function withPageHeaders(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(pageHeaders)) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}
