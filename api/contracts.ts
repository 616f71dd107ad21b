import * as apiClients from './api-clients/contract.ts';
import * as auditEvents from './audit-events/contract.ts';
import * as confirmations from './confirmations/contract.ts';
import * as cycles from './cycles/contract.ts';
import * as feeds from './feeds/contract.ts';
import type { Operation } from './http/contract.ts';
import * as keySetChecks from './key-set-checks/contract.ts';
import * as loopRecordVersions from './loop-record-versions/contract.ts';
import * as loopRecords from './loop-records/contract.ts';
import * as loopSummaries from './loop-summaries/contract.ts';
import * as moderation from './moderation/contract.ts';
import * as monitoring from './monitoring/contract.ts';
import * as organisations from './organisations/contract.ts';
import * as priorities from './priorities/contract.ts';
import * as publishedTexts from './published-texts/contract.ts';
import * as receipts from './receipts/contract.ts';
import * as releaseProposals from './release-proposals/contract.ts';
import * as releases from './releases/contract.ts';
import * as serviceInformation from './service-information/contract.ts';
import * as signIn from './sign-in/contract.ts';
import * as staffMembers from './staff-members/contract.ts';
import * as standardSets from './standard-sets/contract.ts';
import * as submissions from './submissions/contract.ts';
import * as themes from './themes/contract.ts';
import * as vocabularies from './vocabularies/contract.ts';
import * as webhookEndpoints from './webhook-endpoints/contract.ts';

/** Every operation that the contract publishes, one line a resource; what else a file exports are its shapes. */
export const contracts: readonly Operation[] = [
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
].flatMap((resource) => (Object.values(resource) as unknown[]).filter(isOperation).sort(byPath));

/** The order in which a module lists its exports differs between runtimes. */
function byPath(one: Operation, other: Operation): number {
  const key = ({ path, method }: Operation) =>
    `${path} ${['get', 'post', 'put', 'patch', 'delete'].indexOf(method)}`;
  return key(one) < key(other) ? -1 : 1;
}

function isOperation(exported: unknown): exported is Operation {
  return (
    typeof exported === 'object' && exported !== null && 'access' in exported && 'path' in exported
  );
}
