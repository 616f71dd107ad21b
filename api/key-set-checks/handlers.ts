import { noteAuditEvent } from '../../db/queries/audit-events.ts';
import { faultOfWebhookAddress } from '../../domain/webhook-address.ts';
import { serve } from '../http/serve.ts';
import { type KeyDocument, keysIn, readKeyDocument } from '../sign-in/client-keys.ts';
import { checkPublished, checkRegistrable } from './check.ts';
import * as contract from './contract.ts';

export const checkKeySet = serve(contract.checkKeySet).with(
  async ({ body, principal, service, session }) => {
    const { organisations } = principal;
    // First, so that the service asks nobody anything for a client that was revoked.
    await session.run(noteAuditEvent(session.db, { organisations, outcome: 'done' }));
    const { jwks, jwksUrl } = body;
    const checked =
      jwks === null
        ? await checkPublished(await documentAt(jwksUrl ?? '', service.webhookExemptHosts))
        : await checkRegistrable(jwks, keysIn(jwks));
    return { status: 200, body: checked };
  },
);

/**
 * Reads an address as sign-in does, but only one to which a webhook could go: the reply says what was found there, so nobody
 * may ask about the inside of a network.
 */
async function documentAt(url: string, exemptHosts: readonly string[]): Promise<KeyDocument> {
  const fault = faultOfWebhookAddress(url, exemptHosts);
  return fault === null
    ? readKeyDocument((input, init) => fetch(input, init), url)
    : { problem: `The address is not looked at. ${fault}` };
}
