import { randomUUID } from 'node:crypto';
import { experienceCycleId, quietPlaceLoopRecordId } from '../../../dev/demo.ts';
import { ASSERTION_TYPE } from '../../../domain/client-assertion.ts';
import {
  newLoopRecord,
  newStandardSet,
  newTheme,
  newWebhookAt,
  newWebhookEndpoint,
  type World,
} from './world.ts';

/** What of a request the contract leaves open. A body that is left out is the contract's first example. */
export interface ValidRequest {
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  /** Path parameters of the same kind of thing that only staff of RHA may read. */
  onlyForRha?: Record<string, string>;
  /** What of the reply only staff of RHA may read; a title that the tests give if left out. */
  saysOnlyToRha?: string;
}

const cycleId = experienceCycleId;

/** What works on nothing that is any trust's, and so is the same for whoever holds the scope. */
export const sameForEveryTrust: readonly string[] = ['checkKeySet', 'verifyAuditTrail'];

/** One valid request an operation: all that the shared tests need to be told of it. */
export const validRequests: Record<string, (world: World) => Promise<ValidRequest> | ValidRequest> =
  {
    listOrganisations: () => ({ query: { limit: '1' } }),
    getOrganisation: () => ({ params: { odsCode: 'RHA' } }),

    listStandardSets: () => ({ query: { limit: '100' } }),
    getStandardSet: async (world) => ({
      params: { standardSetId: 'fft' },
      onlyForRha: { standardSetId: (await world.standardSet()).id },
    }),
    getStandardSetVersion: async (world) => ({
      params: { standardSetId: 'fft', version: '1' },
      onlyForRha: { standardSetId: (await world.standardSet()).id, version: '1' },
    }),
    createStandardSet: () => ({ body: { ...newStandardSet, id: `set-${randomUUID()}` } }),
    createStandardSetVersion: async (world) => ({
      params: { standardSetId: (await world.standardSet()).id },
    }),
    changeStandardSetVersion: async (world) => {
      const { id, etag } = await world.standardSet();
      return { params: { standardSetId: id, version: '1' }, headers: { 'if-match': etag } };
    },
    publishStandardSetVersion: async (world) => ({
      params: { standardSetId: (await world.standardSet()).id, version: '1' },
    }),

    createCycle: () => ({}),
    listCycles: () => ({ query: { limit: '100', organisation: 'RHA' } }),
    getCycle: async (world) => ({
      params: { cycleId },
      onlyForRha: { cycleId: (await world.cycle()).id },
    }),
    changeCycle: async (world) => {
      const { id, etag } = await world.cycle();
      return { params: { cycleId: id }, headers: { 'if-match': etag } };
    },
    makeTransition: async (world) => ({ params: { cycleId: (await world.cycle()).id } }),
    getAnonymityStatement: async (world) => ({
      params: { cycleId },
      onlyForRha: { cycleId: (await world.cycle()).id },
    }),

    getParticipation: async (world) => ({
      params: { cycleId },
      onlyForRha: { cycleId: (await world.cycle()).id },
      saysOnlyToRha: '"organisation":"RHA"',
    }),

    createSubmission: () => ({ params: { cycleId } }),
    createSubmissionBatch: () => ({
      params: { cycleId },
      query: { dryRun: 'false' },
      headers: { 'idempotency-key': randomUUID() },
    }),

    readReceiptStatus: async (world) => ({ body: { receipt: await world.receipt() } }),
    withdrawSubmission: async (world) => ({ body: { receipt: await world.receipt() } }),

    listModerationTexts: () => ({ query: { limit: '100' } }),
    getModerationText: async (world) => ({ params: { textId: await world.text() } }),
    getModerationProgress: async (world) => {
      await world.text();
      return { query: { limit: '100' }, saysOnlyToRha: '"organisation":"RHA"' };
    },
    decideOnText: async (world) => ({
      params: { textId: await world.text() },
      body: { decision: 'keep_private', reason: 'Too close to somebody.' },
    }),

    createTheme: () => ({ body: newTheme }),
    listThemes: () => ({ query: { limit: '100', enquiryCategory: 'information' } }),
    getTheme: async (world) => ({
      params: { themeId: (await world.publishedTheme()).id },
      onlyForRha: { themeId: (await world.theme()).id },
    }),
    changeTheme: async (world) => {
      const { id, etag } = await world.theme();
      return { params: { themeId: id }, headers: { 'if-match': etag } };
    },
    publishTheme: async (world) => ({ params: { themeId: (await world.theme()).id } }),
    withdrawTheme: async (world) => ({ params: { themeId: (await world.publishedTheme()).id } }),
    changeTextsOfTheme: async (world) => {
      const { id } = await world.theme();
      return { params: { themeId: id }, body: { remove: [await world.textOfTheme(id)] } };
    },
    mergeTheme: async (world) => ({
      params: { themeId: (await world.theme()).id },
      body: { into: (await world.theme()).id },
    }),
    splitTheme: async (world) => {
      const { id } = await world.theme();
      const texts = [await world.textOfTheme(id)];
      const { title, enquiryCategory } = newTheme;
      return { params: { themeId: id }, body: { title, enquiryCategory, texts } };
    },
    listPublishedTexts: () => ({ params: { cycleId }, query: { question: 'what-good' } }),
    listEnquiryCategories: () => ({ query: { version: '1' } }),
    listQuestionSets: () => ({ query: { limit: '10' } }),

    createRelease: async (world) => ({ params: { cycleId: await world.closedCycle() } }),
    proposeRelease: async (world) => ({ params: { cycleId: await world.closedCycle() } }),
    listReleaseProposals: async (world) => {
      const { cycleId } = await world.releaseProposal();
      return { params: { cycleId }, saysOnlyToRha: world.staffClientId };
    },
    withdrawReleaseProposal: async (world) => ({ params: await world.releaseProposal() }),
    getResults: async (world) => ({
      params: { cycleId: await world.releasedCycle() },
      query: { release: '1' },
    }),
    listReleases: async (world) => ({ params: { cycleId: await world.releasedCycle() } }),
    getDataPackage: async (world) => ({ params: { cycleId: await world.releasedCycle() } }),
    getDataDictionary: () => ({ query: { table: 'equality' } }),

    listAuditEvents: (world) => ({ query: { limit: '10' }, saysOnlyToRha: world.staffClientId }),
    verifyAuditTrail: () => ({}),
    setLegalHold: async (world) => ({ params: { cycleId: (await world.cycle()).id } }),
    endLegalHold: async (world) => ({ params: { cycleId: (await world.cycle()).id } }),

    createPriority: async (world) => ({ body: await world.newPriority() }),
    listPriorities: async (world) => {
      await world.priority();
      return { query: { limit: '100' } };
    },
    getPriority: async (world) => ({
      params: { priorityId: (await world.publishedPriority()).id },
      onlyForRha: { priorityId: (await world.priority()).id },
    }),
    changePriority: async (world) => {
      const { id, etag } = await world.priority();
      return { params: { priorityId: id }, headers: { 'if-match': etag } };
    },
    publishPriority: async (world) => ({ params: { priorityId: (await world.priority()).id } }),

    createLoopRecord: () => ({ body: newLoopRecord }),
    listLoopRecords: () => ({ query: { limit: '100' } }),
    getLoopRecord: async (world) => ({
      params: { loopRecordId: quietPlaceLoopRecordId },
      onlyForRha: { loopRecordId: (await world.loopRecord()).id },
    }),
    changeLoopRecord: async (world) => {
      const { id, etag } = await world.loopRecord();
      return { params: { loopRecordId: id }, headers: { 'if-match': etag } };
    },
    publishLoopRecord: async (world) => ({
      params: { loopRecordId: (await world.loopRecord()).id },
    }),
    withdrawLoopRecord: async (world) => ({
      params: { loopRecordId: (await world.publishedLoopRecord()).id },
    }),

    listLoopRecordVersions: async (world) => ({
      params: { loopRecordId: quietPlaceLoopRecordId },
      onlyForRha: { loopRecordId: (await world.loopRecord()).id },
    }),
    getLoopRecordVersion: async (world) => ({
      params: { loopRecordId: quietPlaceLoopRecordId, version: '1' },
      onlyForRha: { loopRecordId: (await world.loopRecord()).id, version: '1' },
    }),
    getLoopRecordChanges: async (world) => ({
      params: { loopRecordId: quietPlaceLoopRecordId },
      query: { from: '1', to: '1' },
      onlyForRha: { loopRecordId: (await world.loopRecord()).id },
    }),
    confirmLoopRecord: () => ({ params: { loopRecordId: quietPlaceLoopRecordId } }),
    getAtomFeed: () => ({ query: { organisation: 'RHA', cycle: cycleId } }),
    getJsonFeed: () => ({ query: { organisation: 'RHA' } }),
    getLoopSummary: () => ({ params: { odsCode: 'RHA' }, query: { cycle: cycleId } }),
    listLoopSummaries: () => ({ query: { format: 'csv' } }),

    registerApiClient: () => ({}),
    listApiClients: () => ({ query: { limit: '100' } }),
    getApiClient: async (world) => ({ params: { clientId: (await world.apiClient()).id } }),
    changeApiClient: async (world) => {
      const { id, etag } = await world.apiClient();
      return { params: { clientId: id }, headers: { 'if-match': etag } };
    },
    revokeApiClient: async (world) => ({ params: { clientId: (await world.apiClient()).id } }),

    listStaffMembers: async (world) => {
      await world.staffMember();
      return { query: { limit: '100' } };
    },
    getStaffMember: async (world) => ({
      params: { staffMemberId: (await world.staffMember()).id },
      onlyForRha: { staffMemberId: (await world.staffMember()).id },
    }),
    assignStaffRoles: async (world) => {
      const { id, etag } = await world.staffMember();
      return { params: { staffMemberId: id }, headers: { 'if-match': etag } };
    },
    // Not looked at, so that nobody is asked.
    checkKeySet: () => ({ body: { jwksUrl: 'https://keys.internal/jwks.json' } }),

    createWebhookEndpoint: () => ({ body: newWebhookAt() }),
    listWebhookEndpoints: async (world) => {
      await world.webhookEndpoint();
      return { query: { limit: '100' }, saysOnlyToRha: newWebhookEndpoint.url };
    },
    getWebhookEndpoint: async (world) => ({
      params: { webhookEndpointId: (await world.webhookEndpoint()).id },
      saysOnlyToRha: newWebhookEndpoint.url,
    }),
    changeWebhookEndpoint: async (world) => {
      const { id, etag } = await world.webhookEndpoint();
      return { params: { webhookEndpointId: id }, headers: { 'if-match': etag } };
    },
    deleteWebhookEndpoint: async (world) => ({
      params: { webhookEndpointId: (await world.webhookEndpoint()).id },
    }),
    rotateWebhookSecret: async (world) => {
      const { id, etag } = await world.webhookEndpoint();
      return { params: { webhookEndpointId: id }, headers: { 'if-match': etag } };
    },
    testWebhookEndpoint: async (world) => ({
      params: { webhookEndpointId: (await world.webhookEndpoint()).id },
    }),
    listWebhookDeliveries: async (world) => ({
      params: { webhookEndpointId: (await world.webhookEndpoint()).id },
      query: { limit: '100' },
      saysOnlyToRha: '"type":"test"',
    }),
    replayWebhooks: async (world) => ({
      params: { webhookEndpointId: (await world.webhookEndpoint()).id },
    }),

    issueToken: async (world) => ({
      body: {
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: await world.clientAssertion(),
      },
    }),
    getSigningKeys: () => ({}),

    ping: () => ({}),
    status: (world) => ({ headers: { apikey: world.service.statusApiKey } }),
    getServiceInformation: () => ({}),
  };
