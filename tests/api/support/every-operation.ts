import { randomUUID } from 'node:crypto';
import { signAssertion } from '../../support/assertion.ts';
import type { Service } from '../../support/service.ts';
import { storeTheme } from './published.ts';
import { type Sent, send } from './send.ts';
import { storeStaffMember } from './staff.ts';
import {
  closeCycle,
  createCycle,
  createLoopRecord,
  createStandardSet,
  createTheme,
  createWebhookEndpoint,
  newCycle,
  newLoopRecord,
  newStandardSet,
  newTheme,
  newWebhookEndpoint,
  openCycle,
  publicPart,
  publishLoopRecord,
  publishTheme,
  registerClient,
  requestToken,
  sendSubmission,
  submission,
  textOfTheme,
  waitingText,
} from './things.ts';

/** One good request of an operation; the token is of staff who may do it, or null for nobody. */
export type GoodRequest = (token: string | null) => Promise<Sent>;

/**
 * One good request of every operation, by its id. Each has things of its own to work on, made here and so known
 * to the Worker, and can be sent once.
 */
export async function prepareEveryOperation(
  service: Service,
): Promise<Record<string, GoodRequest>> {
  const admin = service.client('demo-admin');
  const open = await openCycle(service);
  const draft = await createCycle(service);
  const toOpen = await createCycle(service);
  const published = await publishLoopRecord(service);
  const toWithdraw = await publishLoopRecord(service);
  const toPublish = await createLoopRecord(service);
  const toChange = await createLoopRecord(service);
  const set = await createStandardSet(service);
  const setToPublish = await createStandardSet(service);
  const client = await registerClient(service, { key: admin.privateJwk });
  const clientToRevoke = await registerClient(service, { key: admin.privateJwk });
  const [first, second] = [await sendSubmission(service), await sendSubmission(service)];
  const closed = await closeCycle(service);
  const released = await closeCycle(service);
  const toPropose = await closeCycle(service);
  const proposed = await closeCycle(service);
  const proposal = await send(service, 'POST', `/v1/cycles/${proposed.id}/release-proposals`, {
    as: 'demo-admin',
  });
  await send(service, 'POST', `/v1/cycles/${released.id}/releases`, { as: 'demo-admin', body: {} });
  const [theme, otherTheme, themeToMerge] = [
    await createTheme(service),
    await createTheme(service),
    await createTheme(service),
  ];
  const [publishedTheme, themeToWithdraw] = [
    await publishTheme(service),
    await publishTheme(service),
  ];
  const [hook, hookToChange, hookToRotate, hookToDelete] = await Promise.all(
    Array.from({ length: 4 }, () => createWebhookEndpoint(service)),
  );
  const staffMemberId = await storeStaffMember(service);
  const textId = await waitingText(service, open.id);
  const assertion = await signAssertion(admin, `${service.url}/oauth2/token`);

  const toRank = await openCycle(service);
  const newPriority = (cycle: string, theme: string) => ({
    organisation: 'RHA',
    cycle,
    ranking: [{ theme, rationale: null }],
    decidedBy: [{ perspective: 'carer', people: 'one_to_four' }],
    decidedOn: '2026-01-15',
    rationale: 'We agreed.',
  });
  const ranked = newPriority(open.id, await storeTheme(service, { cycleId: open.id }));
  const priority = await send(service, 'POST', '/v1/priorities', {
    as: 'demo-admin',
    body: ranked,
  });
  await send(service, 'PUT', `/v1/priorities/${priority.body.id}/publication`, {
    as: 'demo-admin',
  });

  const request =
    (
      method: string,
      path: string,
      options: { body?: unknown; headers?: Record<string, string> } = {},
    ): GoodRequest =>
    (token) =>
      send(service, method, path, { token, ...options });
  const atVersion = (version: number) => ({ 'if-match': `W/"${version}"` });

  return {
    listOrganisations: request('GET', '/v1/organisations'),
    getOrganisation: request('GET', '/v1/organisations/RHA'),

    listStandardSets: request('GET', '/v1/standard-sets'),
    getStandardSet: request('GET', '/v1/standard-sets/fft'),
    getStandardSetVersion: request('GET', '/v1/standard-sets/fft/versions/1'),
    createStandardSet: request('POST', '/v1/standard-sets', { body: newStandardSet() }),
    createStandardSetVersion: request('POST', `/v1/standard-sets/${set.id}/versions`, {
      body: {
        title: 'The next one',
        scale: { min: 0, max: 1, labels: ['No', 'Yes'] },
        standards: [{ code: 'time', title: 'Time', statement: 'There is time.' }],
      },
    }),
    changeStandardSetVersion: request('PATCH', `/v1/standard-sets/${set.id}/versions/1`, {
      body: { title: 'Another title' },
      headers: atVersion(1),
    }),
    publishStandardSetVersion: request(
      'PUT',
      `/v1/standard-sets/${setToPublish.id}/versions/1/publication`,
    ),

    createCycle: request('POST', '/v1/cycles', { body: newCycle() }),
    listCycles: request('GET', '/v1/cycles'),
    getCycle: request('GET', `/v1/cycles/${open.id}`),
    changeCycle: request('PATCH', `/v1/cycles/${draft.id}`, {
      body: { title: 'Another title' },
      headers: atVersion(draft.version),
    }),
    makeTransition: request('POST', `/v1/cycles/${toOpen.id}/transitions`, {
      body: { to: 'open' },
    }),
    getAnonymityStatement: request('GET', `/v1/cycles/${open.id}/anonymity-statement`),

    createSubmission: request('POST', `/v1/cycles/${open.id}/submissions`, {
      body: submission(),
    }),
    createSubmissionBatch: request('POST', `/v1/cycles/${open.id}/submission-batches`, {
      body: { submissions: [submission(), submission({ perspective: 'carer' })] },
      headers: { 'idempotency-key': randomUUID() },
    }),

    readReceiptStatus: request('POST', '/v1/receipts/status', { body: { receipt: first.receipt } }),
    withdrawSubmission: request('POST', '/v1/receipts/withdrawal', {
      body: { receipt: second.receipt },
    }),
    listModerationTexts: request('GET', '/v1/moderation/texts'),
    getModerationText: request('GET', `/v1/moderation/texts/${textId}`),
    getModerationProgress: request('GET', `/v1/moderation/progress?cycle=${open.id}`),
    decideOnText: request('POST', `/v1/moderation/texts/${textId}/decisions`, {
      body: { decision: 'redact', reason: 'A name.', ranges: [{ start: 0, end: 4 }] },
    }),
    createTheme: request('POST', '/v1/themes', { body: newTheme() }),
    listThemes: request('GET', '/v1/themes'),
    getTheme: request('GET', `/v1/themes/${publishedTheme.id}`),
    changeTheme: request('PATCH', `/v1/themes/${theme.id}`, {
      body: { title: 'Another title' },
      headers: atVersion(1),
    }),
    changeTextsOfTheme: request('POST', `/v1/themes/${otherTheme.id}/texts`, {
      body: { remove: [textId] },
    }),
    publishTheme: request('PUT', `/v1/themes/${otherTheme.id}/publication`),
    splitTheme: request('POST', `/v1/themes/${otherTheme.id}/splits`, {
      body: {
        title: 'One of two',
        enquiryCategory: 'information',
        texts: [await textOfTheme(service, otherTheme)],
      },
    }),
    mergeTheme: request('POST', `/v1/themes/${themeToMerge.id}/merges`, {
      body: { into: publishedTheme.id },
    }),
    withdrawTheme: request('DELETE', `/v1/themes/${themeToWithdraw.id}/publication`),
    listPublishedTexts: request('GET', `/v1/cycles/${open.id}/published-texts`),
    listEnquiryCategories: request('GET', '/v1/enquiry-categories'),
    listQuestionSets: request('GET', '/v1/question-sets'),
    createRelease: request('POST', `/v1/cycles/${closed.id}/releases`, { body: {} }),
    proposeRelease: request('POST', `/v1/cycles/${toPropose.id}/release-proposals`),
    listReleaseProposals: request('GET', `/v1/cycles/${proposed.id}/release-proposals`),
    withdrawReleaseProposal: request(
      'DELETE',
      `/v1/cycles/${proposed.id}/release-proposals/${proposal.body.id}`,
    ),
    getResults: request('GET', `/v1/cycles/${released.id}/results`),
    listReleases: request('GET', `/v1/cycles/${released.id}/releases`),
    getDataPackage: request('GET', `/v1/cycles/${released.id}/data-package`),
    getDataDictionary: request('GET', '/v1/data-dictionary'),
    listAuditEvents: request('GET', '/v1/audit-events'),
    verifyAuditTrail: request('GET', '/v1/audit-verification'),
    getParticipation: request('GET', `/v1/cycles/${open.id}/participation`),
    setLegalHold: request('PUT', `/v1/cycles/${open.id}/legal-hold`, {
      body: { reason: 'Order of the coroner.' },
    }),
    endLegalHold: request('DELETE', `/v1/cycles/${draft.id}/legal-hold`),

    createPriority: request('POST', '/v1/priorities', {
      body: newPriority(toRank.id, await storeTheme(service, { cycleId: toRank.id })),
    }),
    listPriorities: request('GET', '/v1/priorities'),
    getPriority: request('GET', `/v1/priorities/${priority.body.id}`),
    changePriority: request('PATCH', `/v1/priorities/${priority.body.id}`, {
      body: { ranking: ranked.ranking, rationale: 'We agreed again.' },
      headers: atVersion(1),
    }),
    publishPriority: request('PUT', `/v1/priorities/${priority.body.id}/publication`),

    createLoopRecord: request('POST', '/v1/loop-records', { body: newLoopRecord() }),
    listLoopRecords: request('GET', '/v1/loop-records'),
    getLoopRecord: request('GET', `/v1/loop-records/${published.id}`),
    changeLoopRecord: request('PATCH', `/v1/loop-records/${toChange.id}`, {
      body: { title: 'Another title' },
      headers: atVersion(toChange.version),
    }),
    publishLoopRecord: request('PUT', `/v1/loop-records/${toPublish.id}/publication`),
    withdrawLoopRecord: request('DELETE', `/v1/loop-records/${toWithdraw.id}/publication`),
    listLoopRecordVersions: request('GET', `/v1/loop-records/${published.id}/versions`),
    getLoopRecordVersion: request('GET', `/v1/loop-records/${published.id}/versions/1`),
    getLoopRecordChanges: request('GET', `/v1/loop-records/${published.id}/changes`),
    confirmLoopRecord: request('POST', `/v1/loop-records/${published.id}/confirmations`, {
      body: { answer: 'yes', perspective: 'carer' },
    }),

    getAtomFeed: request('GET', '/v1/loop-records.atom?organisation=RHA'),
    getJsonFeed: request('GET', '/v1/loop-records.json'),
    getLoopSummary: request('GET', '/v1/organisations/RHA/loop-summary?format=csv'),
    listLoopSummaries: request('GET', '/v1/loop-summaries'),

    registerApiClient: request('POST', '/v1/api-clients', {
      body: {
        title: 'Another system',
        organisations: ['RHA'],
        scopes: ['submissions:write'],
        jwks: { keys: [publicPart(admin.privateJwk)] },
      },
    }),
    listApiClients: request('GET', '/v1/api-clients'),
    getApiClient: request('GET', `/v1/api-clients/${client.clientId}`),
    changeApiClient: request('PATCH', `/v1/api-clients/${client.clientId}`, {
      body: { title: 'Another title' },
      headers: atVersion(1),
    }),
    revokeApiClient: request('DELETE', `/v1/api-clients/${clientToRevoke.clientId}`),

    listStaffMembers: request('GET', '/v1/staff-members'),
    getStaffMember: request('GET', `/v1/staff-members/${staffMemberId}`),
    assignStaffRoles: request('PUT', `/v1/staff-members/${staffMemberId}/assignments`, {
      body: {
        assignments: [
          { organisation: 'RHA', role: 'moderator' },
          { organisation: 'RHA', role: 'publisher' },
        ],
      },
      headers: atVersion(1),
    }),
    checkKeySet: request('POST', '/v1/key-set-checks', {
      body: { jwks: { keys: [publicPart(admin.privateJwk)] } },
    }),

    createWebhookEndpoint: request('POST', '/v1/webhook-endpoints', { body: newWebhookEndpoint() }),
    listWebhookEndpoints: request('GET', '/v1/webhook-endpoints'),
    getWebhookEndpoint: request('GET', `/v1/webhook-endpoints/${hook.id}`),
    changeWebhookEndpoint: request('PATCH', `/v1/webhook-endpoints/${hookToChange.id}`, {
      body: { enabled: false },
      headers: atVersion(1),
    }),
    deleteWebhookEndpoint: request('DELETE', `/v1/webhook-endpoints/${hookToDelete.id}`),
    rotateWebhookSecret: request('POST', `/v1/webhook-endpoints/${hookToRotate.id}/secret`, {
      headers: atVersion(1),
    }),
    testWebhookEndpoint: request('POST', `/v1/webhook-endpoints/${hook.id}/tests`),
    listWebhookDeliveries: request('GET', `/v1/webhook-endpoints/${hook.id}/deliveries`),
    replayWebhooks: request('POST', `/v1/webhook-endpoints/${hook.id}/replays`, {
      body: { since: '2026-01-01T00:00:00Z' },
    }),

    issueToken: () => requestToken(service, assertion),
    getSigningKeys: request('GET', '/.well-known/jwks.json'),
    ping: request('GET', '/_ping'),
    status: request('GET', '/_status', { headers: { apikey: service.statusApiKey } }),
    getServiceInformation: request('GET', '/v1/service-information'),
  };
}
