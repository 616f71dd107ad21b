import { readFailure } from '../api/http/failure.ts';
import { type LogEntry, log } from '../api/http/log.ts';
import { ApiProblem } from './api-client.ts';
import type { Frame } from './layout.tsx';
import { NotFound } from './page.tsx';
import * as refusals from './pages/refusals.tsx';
import { renderView } from './respond.tsx';
import { isSameOrigin } from './same-origin.ts';

/**
 * What holds for every page: nothing but GET, HEAD and POST; what changes something comes from a page of ours; and whatever
 * goes wrong becomes a page that helps.
 *
 * @param part of the service, for the log
 */
export async function guarded(
  request: Request,
  { serviceUrl, frame, part }: { serviceUrl: string; frame: Frame; part: LogEntry['operation'] },
  answer: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    if (!['GET', 'HEAD', 'POST'].includes(request.method))
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD, POST' } });
    if (request.method === 'POST' && !isSameOrigin(request.headers, serviceUrl))
      return renderView(refusals.foreignOrigin, frame);
    return await answer(requestId);
  } catch (error) {
    if (error instanceof NotFound) return renderView(refusals.notFound, frame);
    if (error instanceof ApiProblem) return renderView(refusals.refusalOf(error, requestId), frame);
    // Only reading a session reaches the database past the API.
    const { refusal, cause } = readFailure(error);
    if (cause !== null)
      log('error', {
        event: 'request-failed',
        ...(part !== undefined && { operation: part }),
        requestId,
        cause,
      });
    const view = refusal.status === 503 ? refusals.unavailable : refusals.fault(requestId);
    return renderView(view, frame);
  }
}
