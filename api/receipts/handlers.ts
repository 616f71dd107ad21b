import * as queries from '../../db/queries/receipts.ts';
import { isOverdue } from '../../domain/loop.ts';
import { deriveHandles } from '../../domain/receipt.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { dayOf } from '../shapes.ts';
import * as contract from './contract.ts';
import { hashEveryHandle } from './hashes.ts';

export const readReceiptStatus = serve(contract.readReceiptStatus).with(
  async ({ body, service, session, now }) => {
    const hashes = await hashEveryHandle(service.pepper, await deriveHandles(body.receipt));
    const { rows } = await session.run(queries.readReceipt(session.db, hashes));
    const [found] = rows;
    const stage = found?.stage ?? null;
    if (found === undefined || stage === null) throw unknown();
    return {
      status: 200,
      body: {
        status: stage,
        lookAgainOn: found.look_again_on,
        withdrawalReaches: reach(found.is_released),
        themes: found.themes,
        loopRecords: found.loop_records.map((record) => ({
          ...record,
          overdue: isOverdue(record, dayOf(now)),
        })),
      },
    };
  },
);

export const withdrawSubmission = serve(contract.withdrawSubmission).with(
  async ({ body, service, session }) => {
    const hashes = await hashEveryHandle(service.pepper, await deriveHandles(body.receipt));
    const { rows } = await session.run(queries.withdrawReceipt(session.db, hashes));
    const [deleted] = rows;
    if (deleted === undefined) throw unknown();
    return { status: 200, body: { withdrawn: reach(deleted.is_released) } };
  },
);

function reach(isReleased: boolean): 'everything' | 'all_but_published_numbers' {
  return isReleased ? 'all_but_published_numbers' : 'everything';
}

/** One answer for what never was, what was withdrawn and what is mistyped. */
function unknown(): Problem {
  return new Problem(
    'not-found',
    'There is nothing for this receipt. Look whether it is typed right.',
  );
}
