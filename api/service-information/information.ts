import { presets } from '../../domain/disclosure/presets.ts';
import { flushRule } from '../../domain/flush-rule.ts';
import { urgentHelp } from '../../domain/urgent-help.ts';
import { EVENT_RETENTION_DAYS } from '../../domain/webhook-delivery.ts';

/**
 * What a reader may rely on about how the service is run. It is part of the contract: a change here is a
 * change of the published documents and goes into the changelog.
 */
export function serviceInformation(running: { version: string; environment: string }) {
  return {
    name: 'Full Circle',
    version: running.version,
    environment: running.environment,
    apiStatus: 'alpha' as const,
    controller:
      'The organisation that a submission is about: the NHS trust or other body of the cycle.',
    processor: 'Whoever runs this service on behalf of the controllers.',
    lawfulBasis:
      'UK GDPR article 6(1)(e), public task, and 9(2)(h), management of health and social care systems. The service is built so that what it stores does not identify anybody; what people write may still do so, until a moderator has taken it out.',
    retention: [
      {
        what: 'Submissions as they were sent, with hard formats such as telephone numbers cut out',
        howLong: `Until ${flushRule.minWaitingCount} about the same organisation wait in a cycle, and at the latest until shortly after it closes: then they are taken apart.`,
      },
      {
        what: 'Ratings, texts and equality answers, and that a receipt was used',
        howLong:
          'For as many days after its cycle closes as the cycle says (retentionDays), longer only under a legal hold, which the cycle shows. What a person withdraws with a receipt goes at once; that a receipt was used stays until then.',
      },
      {
        what: 'Words that a moderator deletes or takes out',
        howLong: 'They go at once.',
      },
      { what: 'Records of batches', howLong: 'Until seven days after their cycle closes.' },
      {
        what: 'Used ids of sign-in assertions',
        howLong:
          'Until the assertion would have ended, at most about five minutes; removed every 15 minutes.',
      },
      {
        what: 'The audit trail: what staff, their systems and the schedule did, nothing of submissions',
        howLong: 'For good.',
      },
      {
        what: 'What was deleted, in the history and backups of the database',
        howLong: 'For as many days as the anonymity statement of each cycle says.',
      },
      {
        what: 'Texts that are published, whole or as quotes in themes',
        howLong:
          'As long as the texts themselves: until their writer withdraws them with a receipt, a moderator takes them back, or the retention of their cycle ends.',
      },
      {
        what: 'Standard sets, themes, priorities and loop records that were published',
        howLong:
          'For good, with every published version. A theme that quotes a text names it by a random id only.',
      },
      {
        what: 'What people said when asked whether a promise was kept (confirmations)',
        howLong: 'For good, as counts only: nothing is kept of a single answer.',
      },
      {
        what: 'Released results',
        howLong: 'For good, as they were released. A withdrawal does not change them.',
      },
      {
        what: 'Webhook endpoints',
        howLong: 'Until they are deleted.',
      },
      {
        what: 'Webhook events, and whether they were delivered',
        howLong: `${EVENT_RETENTION_DAYS} days; deliveries go before that where their endpoint is deleted.`,
      },
    ],
    regions: [
      'The region of the database that the operator chose; for NHS use, London (eu-west-2).',
    ],
    subProcessors: [
      {
        name: 'Cloudflare',
        purpose:
          'Runs the Worker and counts requests against rate limits, by a keyed hash. Request logging is off.',
      },
      { name: 'Neon', purpose: 'Runs the PostgreSQL database and keeps its history.' },
    ],
    disclosurePolicies: Object.entries(presets).map(([name, { threshold, roundTo }]) => ({
      name,
      threshold,
      roundTo,
      description: `Groups of fewer than ${threshold} people are hidden, nobody included, and as many others as it takes that none of them can be worked out; counts are rounded to ${roundTo}.`,
    })),
    deprecationPolicy:
      'An operation or member that goes is marked deprecated in the contract and the changelog at least 12 months before. Members may be added to replies at any time: ignore those you do not know.',
    dataLicence: {
      name: 'Open Government Licence v3.0',
      href: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    },
    urgentHelp: [...urgentHelp],
    documents: { openapi: '/openapi.json', openapi30: '/openapi-3.0.json', reference: '/docs' },
  };
}
