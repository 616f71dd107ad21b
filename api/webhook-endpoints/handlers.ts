import type * as z from 'zod';
import * as queries from '../../db/queries/webhooks.ts';
import { faultOfWebhookAddress, normalWebhookAddress } from '../../domain/webhook-address.ts';
import { deliveryStatus } from '../../domain/webhook-delivery.ts';
import { requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { type ClientPrincipal, isPerson, type Principal } from '../http/principal.ts';
import { Problem, staleProblem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import type { Service } from '../service.ts';
import { isoTime, isoTimeOrNull } from '../shapes.ts';
import { webhookKey, writeSecret } from '../webhooks/secret.ts';
import * as contract from './contract.ts';
import type { WebhookEndpoint } from './shapes.ts';

/** So many endpoints a client may have: whatever is published is posted to each of them. */
const MAX_ENDPOINTS_PER_CLIENT = 100;

/**
 * While so many tests and replays wait for an endpoint no other is queued. One replay may bring more: of each event that there
 * is there is one delivery.
 */
const MAX_QUEUED_BY_HAND = 20;

function toBody(row: queries.WebhookEndpointRow): z.input<typeof WebhookEndpoint> {
  const { id, version, clientId, organisations, url, events, disabledReason } = row;
  return {
    ...{ id, version, clientId, organisations, url, events },
    enabled: row.disabledAt === null,
    disabledAt: isoTimeOrNull(row.disabledAt),
    disabledReason,
    failingSince: isoTimeOrNull(row.failingSince),
    secretRotatedAt: isoTimeOrNull(row.rotatedAt),
  };
}

/** The one time that a secret is shown. */
async function withSecret({ pepper }: Service, row: queries.WebhookEndpointRow) {
  const key = await webhookKey(pepper, row.id, row.secretVersion);
  return { ...toBody(row), secret: writeSecret(key) };
}

export const createWebhookEndpoint = serve(contract.createWebhookEndpoint).with(
  async ({ body, principal, service, session }) => {
    const { events, organisations = [...principal.organisations] } = body;
    requireOrganisations(principal, organisations);
    const url = requireAddress(service, body.url);
    const id = crypto.randomUUID();
    const { clientId } = requireClient(principal);
    const { db } = session;
    const [, [row]] = await session.batch([
      queries.insertWebhookEndpoint(
        db,
        { id, clientId, organisations, url, events },
        MAX_ENDPOINTS_PER_CLIENT,
      ),
      queries.readWebhookEndpoint(db, id),
    ]);
    if (row === undefined)
      throw new Problem(
        'forbidden',
        `This client has ${MAX_ENDPOINTS_PER_CLIENT} endpoints. End one first.`,
      );
    return {
      status: 201,
      version: row.version,
      headers: { Location: `/v1/webhook-endpoints/${id}` },
      body: await withSecret(service, row),
    };
  },
);

export const listWebhookEndpoints = serve(contract.listWebhookEndpoints).with(
  async ({ query, session }) => {
    const page = readPage(query, uuidKey);
    const rows = await session.run(queries.listWebhookEndpoints(session.db, page));
    return { status: 200, body: toPage(rows, page, ({ id }) => id, toBody) };
  },
);

export const getWebhookEndpoint = serve(contract.getWebhookEndpoint).with(
  async ({ params, session }) => {
    const read = queries.readWebhookEndpoint(session.db, params.webhookEndpointId);
    const [row] = await session.run(read);
    if (row === undefined) throw notFound();
    return { status: 200, version: row.version, body: toBody(row) };
  },
);

export const changeWebhookEndpoint = serve(contract.changeWebhookEndpoint).with(
  async ({ params, body, ifMatch, principal, service, session, now }) => {
    const id = params.webhookEndpointId;
    const { db } = session;
    requireOrganisations(principal, body.organisations ?? []);
    const url = body.url === undefined ? undefined : requireAddress(service, body.url);
    const [[changed], [current]] = await session.batch([
      queries.updateWebhookEndpoint(db, id, ifMatch, { ...body, url }, now),
      queries.readWebhookEndpoint(db, id),
    ]);
    if (changed === undefined) throw current === undefined ? notFound() : stale();
    return { status: 200, version: changed.version, body: toBody(changed) };
  },
);

export const deleteWebhookEndpoint = serve(contract.deleteWebhookEndpoint).with(
  async ({ params, ifMatch, session }) => {
    const id = params.webhookEndpointId;
    const { db } = session;
    const [[before], [ended]] = await session.batch([
      queries.readWebhookEndpoint(db, id),
      queries.deleteWebhookEndpoint(db, id, ifMatch),
    ]);
    if (ended === undefined) throw before === undefined ? notFound() : stale();
    return { status: 204 };
  },
);

export const rotateWebhookSecret = serve(contract.rotateWebhookSecret).with(
  async ({ params, ifMatch, principal, service, session, now }) => {
    const id = params.webhookEndpointId;
    const { db } = session;
    const { clientId } = requireClient(principal);
    const [[rotated], [current]] = await session.batch([
      queries.rotateWebhookSecret(db, { id, version: ifMatch, clientId }, now),
      queries.readWebhookEndpoint(db, id),
    ]);
    if (current === undefined) throw notFound();
    // The reply shows the secret: it is for the client whose receiver it is, not for whoever shares its organisations.
    if (current.clientId !== clientId)
      throw new Problem('forbidden', 'Only the client that registered the endpoint may do this.');
    if (rotated === undefined) throw stale();
    return { status: 200, version: rotated.version, body: await withSecret(service, rotated) };
  },
);

export const testWebhookEndpoint = serve(contract.testWebhookEndpoint).with(
  async ({ params, session, now }) => {
    const id = params.webhookEndpointId;
    const { db } = session;
    const event = crypto.randomUUID();
    const [[endpoint], queued] = await session.batch([
      queries.holdWebhookEndpoint(db, id),
      queries.queueTest(db, id, event, MAX_QUEUED_BY_HAND, now),
    ]);
    if (endpoint === undefined) throw notFound();
    if (endpoint.disabledAt !== null)
      throw new Problem('wrong-phase', 'The endpoint is disabled. Enable it first.');
    if (queued.rowCount !== 1) throw tooManyWait();
    return { status: 202, body: { event } };
  },
);

export const listWebhookDeliveries = serve(contract.listWebhookDeliveries).with(
  async ({ params, query, session }) => {
    const id = params.webhookEndpointId;
    const page = readPage(query, uuidKey);
    const { db } = session;
    const [[endpoint], rows] = await session.batch([
      queries.readWebhookEndpoint(db, id),
      queries.listWebhookDeliveries(db, id, query.status, page),
    ]);
    if (endpoint === undefined) throw notFound();
    const body = toPage(rows, page, ({ delivery }) => delivery.eventId, toDelivery);
    return { status: 200, body };
  },
);

export const replayWebhooks = serve(contract.replayWebhooks).with(
  async ({ params, body, session }) => {
    const id = params.webhookEndpointId;
    const { db } = session;
    const { event = null, since = null } = body;
    const [[endpoint], { rows }] = await session.batch([
      queries.holdWebhookEndpoint(db, id),
      queries.queueAgain(db, id, { event, since }, MAX_QUEUED_BY_HAND),
    ]);
    if (endpoint === undefined) throw notFound();
    const queued = rows[0]?.queued;
    if (queued === undefined) throw tooManyWait();
    if (event !== null && queued === 0)
      throw validationProblem([
        { pointer: '/event', detail: 'Not an event of this endpoint in the last 30 days.' },
      ]);
    return { status: 202, body: { queued } };
  },
);

function toDelivery({ delivery, type, occurredAt }: queries.WebhookDeliveryRow) {
  return {
    event: delivery.eventId,
    type,
    occurredAt: isoTime(occurredAt),
    status: deliveryStatus(delivery),
    attempts: delivery.attempts,
    lastAttemptAt: isoTimeOrNull(delivery.lastAttemptAt),
    lastStatus: delivery.lastStatus,
    lastFailure: delivery.lastFailure,
    nextAttemptAt: isoTimeOrNull(delivery.nextAttemptAt),
    deliveredAt: isoTimeOrNull(delivery.deliveredAt),
  };
}

/**
 * Refuses an address to which nothing may be sent. It is looked at again before each attempt.
 *
 * @returns it as it is kept
 */
function requireAddress({ webhookExemptHosts }: Service, url: string): string {
  const detail = faultOfWebhookAddress(url, webhookExemptHosts);
  if (detail !== null) throw validationProblem([{ pointer: '/url', detail }]);
  return normalWebhookAddress(url);
}

/** Refuses a person: an endpoint belongs to the system that is to be told, and its secret is for nobody else. */
function requireClient(principal: Principal): ClientPrincipal {
  if (!isPerson(principal)) return principal;
  throw new Problem(
    'forbidden',
    'A webhook endpoint belongs to a registered system: register it, or rotate its secret, as that system.',
  );
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no webhook endpoint with this id.');
}

function tooManyWait(): Problem {
  return new Problem(
    'wrong-phase',
    `${MAX_QUEUED_BY_HAND} tests and replays wait for this endpoint. Wait until some are sent or given up.`,
  );
}

function stale(): Problem {
  return staleProblem('The endpoint');
}
