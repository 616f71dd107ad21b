import { env } from 'cloudflare:workers';
import { createApi } from './api/app.ts';
import { checkBindings } from './api/bindings.ts';
import { keepHouse } from './api/housekeeping.ts';
import { routes } from './api/routes.ts';
import { openService } from './api/service.ts';
import { deliverWebhooks } from './api/webhooks/deliver.ts';

/** The composition root. A binding that is missing stops the Worker here, at start, and says which. */
const { default: cache } = caches as unknown as { default: Cache };
const service = openService(checkBindings(env), cache);
const api = createApi(service, routes);

/** The trigger of wrangler.toml that sends webhooks; the other one keeps house. */
const WEBHOOK_CRON = '* * * * *';

export default {
  fetch: (request) => api.fetch(request),
  scheduled: ({ cron }, _env, context) =>
    context.waitUntil(cron === WEBHOOK_CRON ? deliverWebhooks(service) : keepHouse(service)),
} satisfies ExportedHandler;
