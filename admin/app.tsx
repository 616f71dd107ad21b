import { type Context, Hono } from 'hono';
import { ApiProblem } from './api-client.ts';
import type { ConsoleService } from './console-service.ts';
import { Fields } from './fields.ts';
import { FORM_TOKEN_FIELD, isFormToken } from './form-token.ts';
import { guarded } from './guarded.tsx';
import { type OpenPage, openPages } from './open-pages.ts';
import { NotFound, type Page, type Visit } from './page.tsx';
import * as refusals from './pages/refusals.tsx';
import { signedOutWhileTyping } from './pages/signed-out-while-typing.tsx';
import { pages } from './pages.ts';
import { readForm } from './read-form.ts';
import { frameOf, redirect, renderView, respond } from './respond.tsx';
import { clearSessionCookie } from './session-cookie.ts';
import { sessionRoutes } from './session-routes.tsx';
import { readSignedIn, type SignedIn } from './signed-in.ts';
import { answerStaticFile, staticFiles } from './static-files.ts';

/** The session ended between reading it and the statement that works for it. */
class SessionEnded extends Error {}

/** The console as one Hono application below /console. Two pages at the same path do not start. */
export function createConsole(service: ConsoleService): Hono {
  const app = new Hono();
  const taken = new Set<string>();
  const at = (path: string, answer: (context: Context) => Promise<Response>) => {
    if (taken.has(path)) throw new Error(`${path} is taken.`);
    taken.add(path);
    app.all(path, answer);
  };
  for (const file of staticFiles)
    at(file, ({ req }) => answerStaticFile(service.assets, req.raw, service.assetVersion));
  for (const open of openPages)
    at(open.path, ({ req }) =>
      guard(service, req.raw, (id) => answerOpen(service, open, req.raw, id)),
    );
  for (const [path, answer] of Object.entries(sessionRoutes))
    at(path, ({ req }) => guard(service, req.raw, (id) => answer(service, req.raw, id)));
  for (const page of pages)
    at(page.path, (context) =>
      guard(service, context.req.raw, (id) => answerPage(service, page, context, id)),
    );
  app.notFound(({ req }) =>
    guard(service, req.raw, (id) =>
      answerOpen(service, { path: '', view: refusals.notFound }, req.raw, id),
    ),
  );
  return app;
}

function guard(
  service: ConsoleService,
  request: Request,
  answer: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const { serviceUrl } = service;
  const frame = frameOf(service, request, null);
  return guarded(request, { serviceUrl, frame, part: 'console' }, answer);
}

/** A page for anybody, with the frame of whoever is signed in. */
async function answerOpen(
  service: ConsoleService,
  open: OpenPage,
  request: Request,
  requestId: string,
): Promise<Response> {
  // What needs no sign-in is shown also while nobody can say who is signed in.
  const signedIn = await readSignedIn(service, request, requestId).catch(() => null);
  return renderView(open.view, frameOf(service, request, signedIn));
}

async function answerPage(
  service: ConsoleService,
  page: Page,
  context: Context,
  requestId: string,
): Promise<Response> {
  const request = context.req.raw;
  const fields = request.method === 'POST' ? await readForm(request) : null;
  if (fields === 'too-large') return renderView(refusals.tooLarge, frameOf(service, request, null));
  const sent = fields === 'not-a-form' ? Fields.of({}) : fields;

  const signedIn = await readSignedIn(service, request, requestId);
  if (signedIn === null) return askToSignIn(service, request, sent);
  const frame = frameOf(service, request, signedIn);
  try {
    const answer = await answerSignedIn(service, page, context, signedIn, sent);
    if (!signedIn.caller.isChecked && !(await service.sessions.check(signedIn.caller.session)))
      throw new SessionEnded();
    return respond(answer, frame);
  } catch (error) {
    if (error instanceof SessionEnded || (error instanceof ApiProblem && error.status === 401))
      return askToSignIn(service, request, sent);
    if (error instanceof NotFound) return renderView(refusals.notFound, frame);
    if (error instanceof ApiProblem) return renderView(refusals.refusalOf(error, requestId), frame);
    throw error;
  }
}

async function answerSignedIn(
  service: ConsoleService,
  page: Page,
  context: Context,
  signedIn: SignedIn,
  sent: Fields | null,
) {
  const url = new URL(context.req.url);
  const visit: Visit = {
    person: signedIn.person,
    api: signedIn.api,
    publicApi: signedIn.publicApi,
    params: context.req.param(),
    query: url.searchParams,
    href: `${url.pathname}${url.search}`,
    now: service.now(),
    serviceUrl: service.serviceUrl,
  };
  if (page.roles.length > 0 && !page.roles.some((role) => visit.person.roles.has(role)))
    return refusals.notAllowed;
  if (sent === null) return page.open(visit);
  if (page.send === undefined) return refusals.notFound;
  return page.send(visit, sent, isFormToken(sent.raw(FORM_TOKEN_FIELD), signedIn.formToken));
}

/** Nobody is signed in any more: what was typed is kept in the page; a page that was asked for is come back to. */
function askToSignIn(service: ConsoleService, request: Request, sent: Fields | null): Response {
  const { pathname, search } = new URL(request.url);
  const clear = { 'Set-Cookie': clearSessionCookie() };
  if (sent === null)
    return redirect(`/console/sign-in?return=${encodeURIComponent(`${pathname}${search}`)}`, clear);
  const view = signedOutWhileTyping(`${pathname}${search}`, sent);
  return renderView(view, frameOf(service, request, null), clear);
}
