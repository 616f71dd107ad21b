import * as apiClients from './api-clients/handlers.ts';
import * as auditEvents from './audit-events/handlers.ts';
import * as confirmations from './confirmations/handlers.ts';
import * as cycles from './cycles/handlers.ts';
import * as feeds from './feeds/handlers.ts';
import type { Route } from './http/serve.ts';
import * as keySetChecks from './key-set-checks/handlers.ts';
import * as loopRecordVersions from './loop-record-versions/handlers.ts';
import * as loopRecords from './loop-records/handlers.ts';
import * as loopSummaries from './loop-summaries/handlers.ts';
import * as moderation from './moderation/handlers.ts';
import * as monitoring from './monitoring/handlers.ts';
import * as organisations from './organisations/handlers.ts';
import * as priorities from './priorities/handlers.ts';
import * as publishedTexts from './published-texts/handlers.ts';
import * as receipts from './receipts/handlers.ts';
import * as releaseProposals from './release-proposals/handlers.ts';
import * as releases from './releases/handlers.ts';
import * as serviceInformation from './service-information/handlers.ts';
import * as signIn from './sign-in/handlers.ts';
import * as staffMembers from './staff-members/handlers.ts';
import * as standardSets from './standard-sets/handlers.ts';
import * as submissions from './submissions/handlers.ts';
import * as themes from './themes/handlers.ts';
import * as vocabularies from './vocabularies/handlers.ts';
import * as webhookEndpoints from './webhook-endpoints/handlers.ts';

/** Every operation that the service answers, one line a resource. */
export const routes: readonly Route[] = [
  organisations,
  standardSets,
  cycles,
  submissions,
  receipts,
  moderation,
  themes,
  publishedTexts,
  vocabularies,
  releases,
  releaseProposals,
  priorities,
  loopRecords,
  loopRecordVersions,
  confirmations,
  webhookEndpoints,
  loopSummaries,
  feeds,
  apiClients,
  staffMembers,
  keySetChecks,
  auditEvents,
  signIn,
  monitoring,
  serviceInformation,
].flatMap((resource) => Object.values(resource) as Route[]);
