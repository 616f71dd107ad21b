import * as queries from '../../db/queries/confirmations.ts';
import { showAnew } from '../../domain/disclosure/confirmations.ts';
import { presets } from '../../domain/disclosure/presets.ts';
import type { ResultRow } from '../../domain/disclosure/publish.ts';
import { NOT_SAID, perspectives } from '../../domain/vocabulary.ts';
import { serve } from '../http/serve.ts';
import type { Session } from '../http/session.ts';
import { confirmationsOf, notFound, withdrawn } from '../loop-records/bodies.ts';
import * as contract from './contract.ts';

/** For a record that answers no cycle. */
const byDefault = { ...presets.default, perspectives };

export const confirmLoopRecord = serve(contract.confirmLoopRecord).with(
  async ({ params: { loopRecordId: id }, body, session }) => {
    const given = { answer: body.answer, perspective: body.perspective ?? NOT_SAID };
    const {
      rows: [confirmed],
    } = await session.run(queries.confirm(session.db, id, given, byDefault));
    if (confirmed === undefined) throw notFound();
    if (confirmed.is_withdrawn) throw withdrawn();
    const rows = confirmed.is_due ? await show(session, id, confirmed) : confirmed.shown;
    return { status: 201, body: confirmationsOf(rows) };
  },
);

/** Makes anew what is shown, where the rules of disclosure allow it. @returns what is shown then */
async function show(
  session: Session,
  id: string,
  {
    people,
    counts,
    shown,
    threshold,
    round_to: roundTo,
    perspectives: asked,
  }: queries.Confirmed & { is_withdrawn: false },
): Promise<readonly ResultRow[] | null> {
  const rows = showAnew(asked, counts, { threshold, roundTo }, shown);
  if (rows === null) return shown;
  const { db } = session;
  const [, , now] = await session.batch([
    queries.lockConfirmations(db, id),
    queries.showConfirmations(db, id, people, rows, shown),
    queries.readShownConfirmations(db, id),
  ]);
  return now.rows[0]?.rows ?? null;
}
