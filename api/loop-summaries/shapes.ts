import * as z from 'zod';
import { Id, IsoDate, OdsCode } from '../shapes.ts';

const count = (description: string) => z.int().meta({ description });

export const LoopSummary = z
  .object({
    organisation: OdsCode,
    name: z.string(),
    cycle: Id.nullable().meta({
      description: 'The cycle that the summary is narrowed to; null where it is about all.',
    }),
    asOf: IsoDate.meta({ description: 'The day on which it was counted (UTC).' }),
    themes: z
      .object({
        published: count('Published themes that stand by themselves.'),
        answered: count('Those that a published loop record links and answers in words.'),
        unanswered: count('The rest.'),
      })
      .meta({ description: 'A theme that went into another counts as the other.' }),
    answers: z
      .object({
        considering: z.int(),
        planned: z.int(),
        inProgress: z.int(),
        done: z.int(),
        cannotDo: z.int(),
        noLongerNeeded: z.int(),
      })
      .meta({ description: 'Published loop records by the status of what is done.' }),
    overdue: count('Promises whose date has passed and that are still open.'),
    declinedWithReason: z.number().nullable().meta({
      description:
        'The share of published loop records that say no and why, from 0 to 1, to two decimals. Null where there is no record.',
    }),
    claims: z
      .object({
        done: count('Loop records that say that it is done.'),
        confirmed: count(
          'Those of which people say that it has changed for them, at least partly.',
        ),
        contested: count('Those of which more people say no than yes and partly together.'),
        unconfirmed: count(
          'The rest: too few have said so far, or only that it is too soon to say.',
        ),
      })
      .meta({ description: 'What is claimed, held against what people say of it.' }),
    medianDaysToFirstAnswer: z.number().nullable().meta({
      description:
        'Of the answered themes of released cycles, the median of the days from the first release of the cycle to the first published loop record that links the theme, to one decimal; an answer that came before the release took none. Null where there is no such theme.',
    }),
  })
  .meta({
    id: 'LoopSummary',
    description: 'How honest the loop of an organisation is, counted from what it has published.',
  });
