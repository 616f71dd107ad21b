import { verifyAuditTrail } from '../../../api/audit-events/contract.ts';
import { InsetText } from '../../components/InsetText.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { WarningCallout } from '../../components/WarningCallout.tsx';
import { page } from '../../page.tsx';
import { timeWords } from '../../words.ts';

export const auditVerification = page(
  '/console/audit/verification',
  ['auditor'],
  async ({ api }) => {
    const { body } = await api.call(verifyAuditTrail);
    return {
      title: body.intact ? 'The audit trail is whole' : 'The audit trail is broken',
      back: { href: '/console/audit', text: 'Audit trail' },
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            {body.intact ? 'The audit trail is whole' : 'The audit trail is broken'}
          </h1>
          {!body.intact && (
            <WarningCallout>
              <p>
                Event {body.firstBroken} was changed, moved or removed after it was written. Tell
                whoever runs this service and your information governance lead, and note the time.
              </p>
            </WarningCallout>
          )}
          <SummaryList
            rows={[
              { key: 'Checked', value: timeWords(body.verifiedAt) },
              { key: 'Events', value: body.eventCount.toLocaleString('en-GB') },
              {
                key: 'Hash of the last',
                value: <span class="fc-code">{body.lastHash ?? 'There is none yet'}</span>,
              },
            ]}
          />
          <InsetText>
            <p>
              Each event holds the hash of the one before, and all of them were made anew just now.
              To notice also if the newest events are cut off, write the number of events and the
              last hash down somewhere else, and compare them next time.
            </p>
          </InsetText>
        </>
      ),
    };
  },
);
