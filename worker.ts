import { env } from 'cloudflare:workers';
import { createConsole } from './admin/app.tsx';
import { createPublicPages } from './admin/public/app.tsx';
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
const pages = {
  serviceUrl: service.url,
  name: service.consoleName,
  assetVersion: service.build.commitId,
  now: () => service.now(),
};
const adminConsole = createConsole({
  ...pages,
  sendToApi: async (request, staff) => api.fetch(request, { staff }),
  sessions: new StaffSessions(service.databases),
  signIn: openSignIn(service),
  assets: service.assets,
});
const publicPages = createPublicPages({
  ...pages,
  sendToApi: async (request) => api.fetch(request),
});

/** The trigger of wrangler.toml that sends webhooks; the other one keeps house. */
const WEBHOOK_CRON = '* * * * *';

/** Whatever is at or below these is made of pages, and everything else the API's. */
const consolePath = /^\/console(\/|$)/;
const publicPath = /^\/you-said-we-did(\/|$)/;

export default {
  // The API is given no second argument: only the console, in process, can say for whom a request is.
  fetch: (request) => {
    const { pathname } = new URL(request.url);
    if (consolePath.test(pathname)) return adminConsole.fetch(request);
    return publicPath.test(pathname) ? publicPages.fetch(request) : api.fetch(request);
  },
  scheduled: ({ cron }, _env, context) =>
    context.waitUntil(cron === WEBHOOK_CRON ? deliverWebhooks(service) : keepHouse(service)),
} satisfies ExportedHandler;
