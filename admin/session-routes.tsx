import { log } from '../api/http/log.ts';
import type { ConsoleService } from './console-service.ts';
import { Fields } from './fields.ts';
import { FORM_TOKEN_FIELD, isFormToken } from './form-token.ts';
import { signInFailed, signInPage } from './pages/sign-in.tsx';
import { readForm } from './read-form.ts';
import { frameOf, pageHeaders, redirect, renderView } from './respond.tsx';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.ts';
import { SignInFailed } from './sign-in/failure.ts';
import { safeReturnPath } from './sign-in/return-path.ts';
import { readSignedIn, type SignedIn } from './signed-in.ts';

type Answer = (service: ConsoleService, request: Request, requestId: string) => Promise<Response>;

/** Signing in, staying signed in, and signing out. */
export const sessionRoutes: Readonly<Record<string, Answer>> = {
  '/console/sign-in': showSignIn,
  '/console/sign-in/start': startSignIn,
  '/console/sign-in/callback': finishSignIn,
  '/console/session': staySignedIn,
  '/console/sign-out': signOut,
  '/console/sign-out/provider': signOutAtProvider,
};

/** Says what is about to happen, since the provider's page looks like another place. */
async function showSignIn(
  service: ConsoleService,
  request: Request,
  requestId: string,
): Promise<Response> {
  const returnPath = safeReturnPath(new URL(request.url).searchParams.get('return'));
  const signedIn = await readSignedIn(service, request, requestId);
  if (signedIn !== null && (await stands(service, signedIn))) return redirect(returnPath);
  return renderView(
    signInPage(service.signIn !== null, returnPath),
    frameOf(service, request, null),
  );
}

/** A link, not a form: with `form-action 'self'` browsers refuse a form that leads to another host. */
async function startSignIn(service: ConsoleService, request: Request): Promise<Response> {
  const returnPath = safeReturnPath(new URL(request.url).searchParams.get('return'));
  if (service.signIn === null || request.method !== 'GET') return redirect('/console/sign-in');
  try {
    const { location, transaction } = await service.signIn.begin(returnPath);
    return redirect(location.href, { 'Set-Cookie': setSessionCookie(transaction) });
  } catch (error) {
    return showFailure(service, request, error);
  }
}

/** Back from the provider. The session gets a new id, whatever the cookie held before (session fixation). */
async function finishSignIn(service: ConsoleService, request: Request): Promise<Response> {
  if (service.signIn === null) return redirect('/console/sign-in');
  const transaction = readSessionCookie(request.headers) ?? undefined;
  try {
    const callback = new URL(request.url).searchParams;
    const { identity, returnPath } = await service.signIn.complete(callback, transaction);
    const sessionId = await service.sessions.begin(identity, service.now());
    return redirect(returnPath, { 'Set-Cookie': setSessionCookie(sessionId) });
  } catch (error) {
    return showFailure(service, request, error);
  }
}

function showFailure(service: ConsoleService, request: Request, error: unknown): Response {
  if (!(error instanceof SignInFailed)) throw error;
  const clear = { 'Set-Cookie': clearSessionCookie() };
  if (error.failure !== 'refused')
    log('error', { event: 'sign-in-failed', cause: `${error.failure} ${error.code}` });
  return renderView(signInFailed(error), frameOf(service, request, null), clear);
}

/** Asked by the warning before a session ends: 204 where it goes on, 401 where it is over. */
async function staySignedIn(
  service: ConsoleService,
  request: Request,
  requestId: string,
): Promise<Response> {
  const signedIn =
    request.method === 'POST' ? await readSignedIn(service, request, requestId) : null;
  const fields = await formOf(request);
  const isOwn = signedIn !== null && isFormToken(fields.raw(FORM_TOKEN_FIELD), signedIn.formToken);
  const status = isOwn && (await stands(service, signedIn)) ? 204 : 401;
  return new Response(null, { status, headers: pageHeaders });
}

/**
 * Ends the session in the database, here and at the provider. A form without the token only asks again: nobody can be signed out
 * by another site.
 */
async function signOut(
  service: ConsoleService,
  request: Request,
  requestId: string,
): Promise<Response> {
  const signedIn = await readSignedIn(service, request, requestId);
  if (signedIn === null) return redirect('/console/signed-out');
  const fields = await formOf(request);
  if (request.method !== 'POST' || !isFormToken(fields.raw(FORM_TOKEN_FIELD), signedIn.formToken))
    return redirect('/console');
  await service.sessions.end(signedIn.sessionId);
  return redirect('/console/signed-out', {
    'Set-Cookie': clearSessionCookie(),
    'Clear-Site-Data': '"cache"',
  });
}

/** A link on the page after signing out, since a form may not lead to another host. */
async function signOutAtProvider(service: ConsoleService, request: Request): Promise<Response> {
  try {
    const location = await service.signIn?.signOutUrl();
    return redirect(location?.href ?? '/console/signed-out');
  } catch (error) {
    return showFailure(service, request, error);
  }
}

function stands(service: ConsoleService, { caller }: SignedIn): Promise<boolean> {
  return service.sessions.check(caller.session);
}

async function formOf(request: Request): Promise<Fields> {
  const fields = request.method === 'POST' ? await readForm(request) : Fields.of({});
  return fields instanceof Fields ? fields : Fields.of({});
}
