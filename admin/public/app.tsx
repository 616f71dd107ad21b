import { Hono } from 'hono';
import { ApiClient } from '../api-client.ts';
import { guarded } from '../guarded.tsx';
import type { Frame } from '../layout.tsx';
import { NotFound, type View } from '../page.tsx';
import { readForm } from '../read-form.ts';
import { redirect, renderView } from '../respond.tsx';
import { answerForRecord, recordPage, recordsPage } from './you-said-we-did.tsx';

/** What the pages for everybody work with, made once when the Worker starts. */
export interface PublicPages {
  /** The API in this very process, as anybody. */
  sendToApi(request: Request): Promise<Response>;
  /** Where the service is reached from outside, without a slash at the end. */
  serviceUrl: string;
  name: string;
  assetVersion: string;
  now(): Date;
}

/** As long as the API lets what is published be kept. */
const KEPT_SECONDS = 60;

/**
 * The pages to which a poster on a wall leads: what was said, what was done, and whether it has changed for whoever reads it.
 * For everybody: no sign-in, no cookie, no script is needed, and nothing is asked of who reads.
 */
export function createPublicPages(pages: PublicPages): Hono {
  const app = new Hono();
  app.all('/you-said-we-did', ({ req }) =>
    guard(pages, req.raw, async (api) =>
      shown(pages, req.raw, await recordsPage(api, req.raw.url)),
    ),
  );
  app.all('/you-said-we-did/:loopRecordId', ({ req }) =>
    guard(pages, req.raw, async (api) => {
      const loopRecordId = req.param('loopRecordId');
      const url = new URL(req.raw.url);
      const now = pages.now();
      if (req.raw.method !== 'POST')
        return shown(
          pages,
          req.raw,
          await recordPage(api, loopRecordId, { isThanked: url.searchParams.has('thanks'), now }),
        );
      const fields = await readForm(req.raw);
      if (typeof fields === 'string') throw new NotFound();
      const isCounted = await answerForRecord(api, loopRecordId, fields);
      if (isCounted) return redirect(`/you-said-we-did/${loopRecordId}?thanks`);
      const view = await recordPage(api, loopRecordId, { isThanked: false, fields, now });
      return renderView(view, frameOf(pages, req.raw));
    }),
  );
  return app;
}

function guard(
  pages: PublicPages,
  request: Request,
  answer: (api: ApiClient) => Promise<Response>,
): Promise<Response> {
  const { serviceUrl } = pages;
  const frame = frameOf(pages, request);
  return guarded(request, { serviceUrl, frame, part: 'you-said-we-did' }, (requestId) =>
    answer(apiFor(pages, request, requestId)),
  );
}

/** The API for whoever reads, held to the limits of their network as if they had asked it themselves. */
function apiFor(pages: PublicPages, request: Request, requestId: string): ApiClient {
  const address = request.headers.get('cf-connecting-ip');
  const send = (sent: Request) => {
    if (address !== null) sent.headers.set('cf-connecting-ip', address);
    return pages.sendToApi(sent);
  };
  return new ApiClient(send, pages.serviceUrl, requestId);
}

function frameOf({ name, assetVersion }: PublicPages, request: Request): Frame {
  const path = new URL(request.url).pathname;
  return { consoleName: name, assetVersion, signedIn: null, path, isPublic: true };
}

function shown(pages: PublicPages, request: Request, view: View): Response {
  return renderView(view, frameOf(pages, request), {
    'Cache-Control': `public, max-age=${KEPT_SECONDS}`,
  });
}
