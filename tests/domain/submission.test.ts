import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CycleDefinition } from '../../domain/cycle.ts';
import {
  type Answer,
  checkSubmission,
  type EvaluationRating,
  indexCycle,
  NOT_APPLICABLE,
  type Rating,
  type Submission,
  type SubmissionFault,
} from '../../domain/submission.ts';
import { ethnicCategories, perspectives } from '../../domain/vocabulary.ts';

const code = fc.stringMatching(/^[a-z]{1,6}(-[a-z]{1,6})?$/);
const codes = (minLength: number, maxLength: number) =>
  fc.uniqueArray(code, { minLength, maxLength });

const definitions: fc.Arbitrary<CycleDefinition> = fc
  .record({
    organisations: fc.subarray(['RHA', 'RV3', 'RKL', 'G6V2S'], { minLength: 1 }),
    perspectives: fc.subarray([...perspectives], { minLength: 1 }),
    questions: codes(0, 5),
    services: codes(0, 4),
    standards: codes(1, 12),
    min: fc.constantFrom(0, 1),
    steps: fc.integer({ min: 1, max: 10 }),
    // Codes of both sets may be the same.
    about: fc.option(fc.record({ standards: codes(1, 4), steps: fc.integer({ min: 1, max: 10 }) })),
  })
  .map(({ organisations, questions, services, standards, min, steps, about, ...rest }) => ({
    ...rest,
    organisations,
    aboutThisEvaluation: about && {
      scale: { min: 1, max: 1 + about.steps, labels: [] },
      standards: about.standards.map((standard) => ({ code: standard, title: '', statement: '' })),
    },
    channels: ['trust', 'public'],
    questions: questions.map((question) => ({
      code: question,
      prompt: 'What?',
      polarity: 'nonspecific',
    })),
    services: organisations.flatMap((odsCode) =>
      services.map((service) => ({ odsCode, code: service, name: service })),
    ),
    scale: { min, max: min + steps, labels: [] },
    standards: standards.map((standard) => ({ code: standard, title: '', statement: '' })),
  }));

/** A cycle with a submission that its rules allow. */
const allowed: fc.Arbitrary<{ definition: CycleDefinition; submission: Submission }> =
  definitions.chain((definition) => {
    const onScale = fc.integer({ min: definition.scale.min, max: definition.scale.max });
    const rating = (standard: string): fc.Arbitrary<Rating> =>
      fc.oneof(
        fc.record({ standard: fc.constant(standard), notApplicable: fc.constant(true as const) }),
        fc.record({ standard: fc.constant(standard), asIs: onScale }),
        fc.record({ standard: fc.constant(standard), asIs: onScale, toBe: onScale }),
      );
    const evaluationScale = definition.aboutThisEvaluation?.scale ?? { min: 1, max: 1 };
    const evaluationRating = (standard: string): fc.Arbitrary<EvaluationRating> =>
      fc.oneof(
        fc.record({ standard: fc.constant(standard), notApplicable: fc.constant(true as const) }),
        fc.record({ standard: fc.constant(standard), asIs: fc.integer(evaluationScale) }),
      );
    const answer = (question: string): fc.Arbitrary<Answer> =>
      fc.record({ question: fc.constant(question), text: fc.string({ minLength: 1 }) });
    const all = <Item>(items: fc.Arbitrary<Item>[]) =>
      fc.tuple(...items).chain((made) => fc.shuffledSubarray(made));
    return fc
      .record({
        perspective: fc.constantFrom(...definition.perspectives),
        organisation: fc.constantFrom(...definition.organisations),
        service: fc.option(
          fc.constantFrom(...definition.services.map((service) => service.code), ''),
          {
            nil: undefined,
          },
        ),
        ratings: all(definition.standards.map((standard) => rating(standard.code))),
        answers: all(definition.questions.map((question) => answer(question.code))),
        aboutThisEvaluation: all(
          (definition.aboutThisEvaluation?.standards ?? []).map(({ code }) =>
            evaluationRating(code),
          ),
        ),
        equality: fc.option(fc.record({ ethnicity: fc.constantFrom(...ethnicCategories) }), {
          nil: undefined,
        }),
      })
      .filter(({ ratings, answers }) => ratings.length + answers.length > 0)
      .map((submission) => ({
        definition,
        submission: { ...submission, service: submission.service || undefined },
      }));
  });

const check = (
  submission: Submission,
  definition: CycleDefinition,
  organisations: readonly string[] | null = null,
) => checkSubmission(submission, indexCycle(definition), organisations);

function faultsOf(
  submission: Submission,
  definition: CycleDefinition,
  organisations: readonly string[] | null = null,
): SubmissionFault[] {
  const outcome = check(submission, definition, organisations);
  return outcome.accepted ? [] : outcome.faults;
}

const pathsOf = (faults: SubmissionFault[]) => faults.map(({ path }) => path.join('/'));

const definition: CycleDefinition = {
  organisations: ['RHA', 'RV3'],
  perspectives: ['service_user', 'carer'],
  questions: [
    { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' },
    { code: 'could-improve', prompt: 'What could be better?', polarity: 'could_improve' },
  ],
  services: [
    { odsCode: 'RHA', code: 'ward', name: 'Ward' },
    { odsCode: 'RV3', code: 'clinic', name: 'Clinic' },
  ],
  channels: ['trust', 'public'],
  scale: { min: 1, max: 5, labels: [] },
  standards: ['kindness', 'time', 'place'].map((standard) => ({
    code: standard,
    title: '',
    statement: '',
  })),
  aboutThisEvaluation: {
    scale: { min: 1, max: 3, labels: [] },
    standards: [{ code: 'safe', title: '', statement: '' }],
  },
};
const good: Submission = {
  perspective: 'carer',
  organisation: 'RHA',
  ratings: [{ standard: 'time', asIs: 2, toBe: 5 }],
};

describe('an accepted submission', () => {
  it('is stored as arrays that stand in the order of the cycle, with null for what was not answered', () => {
    fc.assert(
      fc.property(allowed, ({ definition, submission }) => {
        const outcome = check(submission, definition);
        if (!outcome.accepted) throw new Error(JSON.stringify(outcome.faults));
        const ratings = new Map(submission.ratings?.map((rating) => [rating.standard, rating]));
        const answers = new Map(submission.answers?.map(({ question, text }) => [question, text]));
        const aboutEvaluation = new Map(
          submission.aboutThisEvaluation?.map((rating) => [rating.standard, rating]),
        );
        const evaluationStandards = definition.aboutThisEvaluation?.standards ?? [];
        const asIsOf = (rating: Rating | undefined) =>
          rating?.notApplicable ? NOT_APPLICABLE : (rating?.asIs ?? null);
        expect(outcome.entry).toEqual({
          organisation: submission.organisation,
          service: submission.service ?? null,
          perspective: submission.perspective,
          asIs: [
            ...definition.standards.map(({ code }) => asIsOf(ratings.get(code))),
            ...evaluationStandards.map(({ code }) => asIsOf(aboutEvaluation.get(code))),
          ],
          toBe: [
            ...definition.standards.map((standard) => ratings.get(standard.code)?.toBe ?? null),
            ...evaluationStandards.map(() => null),
          ],
          answers: definition.questions.map((question) => answers.get(question.code) ?? null),
          ethnicity: submission.equality?.ethnicity ?? null,
        });
      }),
    );
  });

  it('is the same entry in whatever order its ratings and answers come', () => {
    fc.assert(
      fc.property(
        allowed.chain(({ definition, submission }) =>
          fc.record({
            definition: fc.constant(definition),
            submission: fc.constant(submission),
            ratings: fc.shuffledSubarray(submission.ratings ?? [], {
              minLength: submission.ratings?.length ?? 0,
            }),
            answers: fc.shuffledSubarray(submission.answers ?? [], {
              minLength: submission.answers?.length ?? 0,
            }),
          }),
        ),
        ({ definition, submission, ratings, answers }) => {
          expect(check({ ...submission, ratings, answers }, definition)).toEqual(
            check(submission, definition),
          );
        },
      ),
    );
  });

  it('never holds a value that the scale could mistake for "does not apply"', () => {
    fc.assert(
      fc.property(definitions, ({ scale }) => {
        expect(NOT_APPLICABLE).toBeLessThan(scale.min);
      }),
    );
  });
});

describe('a submission is refused, with the place that is wrong, when it', () => {
  it.each<[string, Submission['aboutThisEvaluation'], string[]]>([
    ['rates the evaluation off its scale', [{ standard: 'safe', asIs: 4 }], ['0/asIs']],
    ['rates a standard of the other set', [{ standard: 'kindness', asIs: 1 }], ['0/standard']],
    [
      'rates the evaluation twice',
      [
        { standard: 'safe', asIs: 1 },
        { standard: 'safe', asIs: 2 },
      ],
      ['1/standard'],
    ],
  ])('%s', (_, aboutThisEvaluation, paths) => {
    expect(pathsOf(faultsOf({ ...good, aboutThisEvaluation }, definition))).toEqual(
      paths.map((path) => `aboutThisEvaluation/${path}`),
    );
  });

  it('says something about the evaluation where the cycle does not ask', () => {
    const silent = { ...definition, aboutThisEvaluation: null };
    const aboutThisEvaluation = [{ standard: 'safe', asIs: 1 }];
    expect(pathsOf(faultsOf({ ...good, aboutThisEvaluation }, silent))).toEqual([
      'aboutThisEvaluation',
    ]);
  });

  it('has a rating off the scale, wherever it stands', () => {
    fc.assert(
      fc.property(
        allowed.filter(({ submission }) => (submission.ratings?.length ?? 0) > 0),
        fc.nat(),
        fc.constantFrom('asIs' as const, 'toBe' as const),
        fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constant(Number.MAX_SAFE_INTEGER)),
        fc.boolean(),
        ({ definition, submission }, place, member, by, isBelow) => {
          const ratings = submission.ratings ?? [];
          const index = place % ratings.length;
          const { min, max } = definition.scale;
          const off = isBelow ? min - by : max + by;
          const changed = ratings.map((rating, at) =>
            at === index ? { standard: rating.standard, asIs: min, [member]: off } : rating,
          );
          expect(pathsOf(faultsOf({ ...submission, ratings: changed }, definition))).toEqual([
            `ratings/${index}/${member}`,
          ]);
        },
      ),
    );
  });

  it('rates a standard twice, at the second', () => {
    fc.assert(
      fc.property(
        allowed.filter(({ submission }) => (submission.ratings?.length ?? 0) > 0),
        fc.nat(),
        ({ definition, submission }, place) => {
          const ratings = submission.ratings ?? [];
          const twice = ratings[place % ratings.length] as Rating;
          expect(
            pathsOf(faultsOf({ ...submission, ratings: [...ratings, twice] }, definition)),
          ).toEqual([`ratings/${ratings.length}/standard`]);
        },
      ),
    );
  });

  it('answers a question twice, at the second', () => {
    fc.assert(
      fc.property(
        allowed.filter(({ submission }) => (submission.answers?.length ?? 0) > 0),
        ({ definition, submission }) => {
          const answers = submission.answers ?? [];
          const twice = answers[0] as Answer;
          expect(
            pathsOf(faultsOf({ ...submission, answers: [...answers, twice] }, definition)),
          ).toEqual([`answers/${answers.length}/question`]);
        },
      ),
    );
  });

  it.each<[string, Partial<Submission>, string[]]>([
    ['names an organisation outside the cycle', { organisation: 'RKL' }, ['organisation']],
    ['names none where several take part', { organisation: undefined }, ['organisation']],
    ['speaks from a perspective that was not invited', { perspective: 'staff' }, ['perspective']],
    ['names an unknown service', { service: 'nowhere' }, ['service']],
    ['names a service of another organisation', { service: 'clinic' }, ['service']],
    [
      'rates an unknown standard',
      { ratings: [{ standard: 'x', asIs: 3 }] },
      ['ratings/0/standard'],
    ],
    ['rates without a value', { ratings: [{ standard: 'time' }] }, ['ratings/0/asIs']],
    [
      'says only how it should be',
      { ratings: [{ standard: 'time', toBe: 3 }] },
      ['ratings/0/asIs'],
    ],
    [
      'rates what it says does not apply',
      { ratings: [{ standard: 'time', notApplicable: true, asIs: 3 }] },
      ['ratings/0/notApplicable'],
    ],
    [
      'answers an unknown question',
      { answers: [{ question: 'x', text: 'y' }] },
      ['answers/0/question'],
    ],
    ['says nothing', { ratings: [], answers: [] }, ['']],
    ['says nothing, without even a list', { ratings: undefined }, ['']],
  ])('%s', (_, change, paths) => {
    expect(pathsOf(faultsOf({ ...good, ...change }, definition))).toEqual(paths);
  });

  it('is wrong in several places: all are told', () => {
    const wrong: Submission = {
      perspective: 'staff',
      organisation: 'RHA',
      service: 'nowhere',
      ratings: [
        { standard: 'time', asIs: 9, toBe: 0 },
        { standard: 'x', asIs: 1 },
      ],
      answers: [{ question: 'x', text: 'y' }],
    };
    expect(pathsOf(faultsOf(wrong, definition))).toEqual([
      'perspective',
      'service',
      'ratings/0/asIs',
      'ratings/0/toBe',
      'ratings/1/standard',
      'answers/0/question',
    ]);
  });
});

describe('the organisation of a submission', () => {
  const unnamed = { ...good, organisation: undefined };
  it('may be left out where only one can be meant', () => {
    expect(check(unnamed, { ...definition, organisations: ['RHA'] })).toMatchObject({
      entry: { organisation: 'RHA' },
    });
    expect(check(unnamed, definition, ['RV3', 'RKL'])).toMatchObject({
      entry: { organisation: 'RV3' },
    });
  });

  it('is never one that the sender is not registered for', () => {
    const codes = ['RHA', 'RV3', 'RKL'];
    fc.assert(
      fc.property(
        fc.constantFrom(undefined, ...codes),
        fc.subarray(codes),
        (organisation, registered) => {
          const outcome = check({ ...good, organisation }, definition, registered);
          if (outcome.accepted) expect(registered).toContain(outcome.entry.organisation);
          else expect(pathsOf(outcome.faults)).toEqual(['organisation']);
        },
      ),
    );
  });
});

it('what a refusal says never repeats what was sent', () => {
  const marker = 'zqxjk';
  const marked = fc.constantFrom(marker, `${marker}-${marker}`);
  fc.assert(
    fc.property(
      fc.record({
        perspective: marked,
        organisation: marked,
        service: marked,
        ratings: fc.array(fc.record({ standard: marked, asIs: fc.integer() })),
        answers: fc.array(fc.record({ question: marked, text: marked })),
      }),
      (submission) => {
        const faults = faultsOf(submission as unknown as Submission, definition, ['RHA']);
        expect(faults.length).toBeGreaterThan(0);
        expect(JSON.stringify(faults)).not.toContain(marker);
      },
    ),
  );
});
