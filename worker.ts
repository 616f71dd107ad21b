import { env } from 'cloudflare:workers';
import { createConsole } from './admin/app.tsx';
import { openSignIn } from './admin/sign-in/sign-in.ts';
import { createApi } from './api/app.ts';
import { checkBindings } from './api/bindings.ts';
import { keepHouse } from './api/housekeeping.ts';
import { routes } from './api/routes.ts';
import { openService } from './api/service.ts';
import { StaffSessions } from './api/staff-sessions/staff-sessions.ts';
import { deliverWebhooks } from './api/webhooks/deliver.ts';

/** The composition root. A binding that is missing stops the Worker here, at start, and says which. */
const { default: cache } = caches as unknown as { default: Cache };
const service = openService(checkBindings(env), cache);
const api = createApi(service, routes);
const adminConsole = createConsole({
  sendToApi: async (request, staff) => api.fetch(request, { staff }),
  sessions: new StaffSessions(service.databases),
  signIn: openSignIn(service),
  assets: service.assets,
  serviceUrl: service.url,
  name: service.consoleName,
  assetVersion: service.build.commitId,
  now: () => service.now(),
});

/** The trigger of wrangler.toml that sends webhooks; the other one keeps house. */
const WEBHOOK_CRON = '* * * * *';

/** Whatever is at or below /console is the console's, and everything else the API's. */
const consolePath = /^\/console(\/|$)/;

export default {
  // The API is given no second argument: only the console, in process, can say for whom a request is.
  fetch: (request) =>
    consolePath.test(new URL(request.url).pathname)
      ? adminConsole.fetch(request)
      : api.fetch(request),
  scheduled: ({ cron }, _env, context) =>
    context.waitUntil(cron === WEBHOOK_CRON ? deliverWebhooks(service) : keepHouse(service)),
} satisfies ExportedHandler;
