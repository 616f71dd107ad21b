import type { CycleDefinition, RatedSet } from './cycle.ts';
import type { EthnicCategory, Perspective } from './vocabulary.ts';

/** Stored in place of a rating where someone said that a standard does not apply to them. */
export const NOT_APPLICABLE = -1;

/** A submission as it arrives, of the right shape but not yet held against its cycle. */
export interface Submission {
  perspective: Perspective;
  organisation?: string | undefined;
  service?: string | undefined;
  ratings?: Rating[] | undefined;
  answers?: Answer[] | undefined;
  aboutThisEvaluation?: EvaluationRating[] | undefined;
  equality?: { ethnicity?: EthnicCategory | undefined } | undefined;
}

export interface Rating {
  standard: string;
  asIs?: number | undefined;
  toBe?: number | undefined;
  notApplicable?: true | undefined;
}

/** What somebody says about the evaluation itself: as it is, since nobody is asked how it should be. */
export type EvaluationRating = Omit<Rating, 'toBe'>;

export interface Answer {
  question: string;
  text: string;
}

/**
 * A submission as the inbox takes it: arrays aligned to the cycle's frozen standards and questions.
 * `null` is "did not answer", {@link NOT_APPLICABLE} is "does not apply".
 */
export interface InboxEntry {
  organisation: string;
  service: string | null;
  perspective: Perspective;
  asIs: (number | null)[];
  toBe: (number | null)[];
  answers: (string | null)[];
  ethnicity: EthnicCategory | null;
}

/** Where in a submission a rule is broken: a path into it, and a sentence that says how to mend it. */
export interface SubmissionFault {
  path: (string | number)[];
  detail: string;
}

export type SubmissionOutcome =
  | { accepted: true; entry: InboxEntry }
  | { accepted: false; faults: SubmissionFault[] };

/** The positions of a cycle's codes, made once for each frozen definition. */
export interface CycleIndex {
  definition: CycleDefinition;
  standardPositions: Map<string, number>;
  /** Of the standards about the evaluation, from the one after the cycle's own. */
  aboutThisEvaluationPositions: Map<string, number>;
  questionPositions: Map<string, number>;
  /** Service codes by organisation. */
  serviceCodes: Map<string, Set<string>>;
}

export function indexCycle(definition: CycleDefinition): CycleIndex {
  const serviceCodes = new Map<string, Set<string>>(
    definition.organisations.map((odsCode) => [odsCode, new Set()]),
  );
  for (const service of definition.services) serviceCodes.get(service.odsCode)?.add(service.code);
  return {
    definition,
    standardPositions: new Map(definition.standards.map(({ code }, position) => [code, position])),
    aboutThisEvaluationPositions: new Map(
      definition.aboutThisEvaluation?.standards.map(({ code }, position) => [
        code,
        definition.standards.length + position,
      ]),
    ),
    questionPositions: new Map(definition.questions.map(({ code }, position) => [code, position])),
    serviceCodes,
  };
}

/**
 * Holds a submission against its cycle's frozen definition. All faults are found, not just the first.
 * Details never repeat what was sent: an error text ends in other systems' logs.
 *
 * @param allowedOrganisations ODS codes that the sender may speak for; null for a public submission
 */
export function checkSubmission(
  submission: Submission,
  index: CycleIndex,
  allowedOrganisations: readonly string[] | null,
): SubmissionOutcome {
  const { definition, questionPositions, serviceCodes } = index;
  const faults: SubmissionFault[] = [];
  const fault = (path: (string | number)[], detail: string) => faults.push({ path, detail });

  const organisation = chooseOrganisation(
    submission.organisation,
    definition,
    allowedOrganisations,
  );
  if ('detail' in organisation) fault(['organisation'], organisation.detail);

  if (!definition.perspectives.includes(submission.perspective))
    fault(
      ['perspective'],
      `This cycle invites these perspectives: ${definition.perspectives.join(', ')}.`,
    );

  if (
    submission.service !== undefined &&
    'odsCode' in organisation &&
    !serviceCodes.get(organisation.odsCode)?.has(submission.service)
  )
    fault(['service'], `Not a service code of ${organisation.odsCode} in this cycle.`);

  const { asIs, toBe } = placeRatings(submission, index, fault);

  const answers: (string | null)[] = new Array(definition.questions.length).fill(null);
  for (const [index, answer] of (submission.answers ?? []).entries()) {
    const position = questionPositions.get(answer.question);
    if (position === undefined)
      fault(['answers', index, 'question'], 'Not a question code of this cycle.');
    else if (answers[position] !== null)
      fault(['answers', index, 'question'], 'This question is answered twice; answer each once.');
    else answers[position] = answer.text;
  }

  const { ratings = [], aboutThisEvaluation = [], answers: given = [] } = submission;
  if (ratings.length + aboutThisEvaluation.length + given.length === 0)
    fault([], 'Give at least one rating or answer.');

  if (faults.length > 0 || 'detail' in organisation) return { accepted: false, faults };
  return {
    accepted: true,
    entry: {
      organisation: organisation.odsCode,
      service: submission.service ?? null,
      perspective: submission.perspective,
      asIs,
      toBe,
      answers,
      ethnicity: submission.equality?.ethnicity ?? null,
    },
  };
}

const notOfSet = {
  ratings: "Not a standard code of this cycle's standard set.",
  aboutThisEvaluation: 'Not a standard code of the set that asks about the evaluation.',
};

/** Lays ratings out as they are stored: those of the standards, then those about the evaluation itself. */
function placeRatings(
  { ratings = [], aboutThisEvaluation = [] }: Submission,
  { definition, standardPositions, aboutThisEvaluationPositions }: CycleIndex,
  fault: (path: (string | number)[], detail: string) => void,
): Pick<InboxEntry, 'asIs' | 'toBe'> {
  const length = standardPositions.size + aboutThisEvaluationPositions.size;
  const asIs: (number | null)[] = new Array(length).fill(null);
  const toBe: (number | null)[] = new Array(length).fill(null);
  const place = (
    member: 'ratings' | 'aboutThisEvaluation',
    given: readonly Rating[],
    { min, max }: RatedSet['scale'],
    positions: ReadonlyMap<string, number>,
  ) => {
    const onScale = (value: number) => value >= min && value <= max;
    const offScale = `Must be from ${min} to ${max}, this set's scale.`;
    for (const [index, rating] of given.entries()) {
      const position = positions.get(rating.standard);
      if (position === undefined) fault([member, index, 'standard'], notOfSet[member]);
      else if (asIs[position] !== null)
        fault([member, index, 'standard'], 'This standard is rated twice; rate each once.');
      else if (rating.notApplicable) {
        if (rating.asIs !== undefined || rating.toBe !== undefined)
          fault([member, index, 'notApplicable'], 'Give either notApplicable or a rating.');
        asIs[position] = NOT_APPLICABLE;
      } else if (rating.asIs === undefined)
        fault([member, index, 'asIs'], 'Give asIs, or say notApplicable: true.');
      else {
        if (!onScale(rating.asIs)) fault([member, index, 'asIs'], offScale);
        if (rating.toBe !== undefined && !onScale(rating.toBe))
          fault([member, index, 'toBe'], offScale);
        asIs[position] = rating.asIs;
        toBe[position] = rating.toBe ?? null;
      }
    }
  };
  place('ratings', ratings, definition.scale, standardPositions);
  if (definition.aboutThisEvaluation !== null)
    place(
      'aboutThisEvaluation',
      aboutThisEvaluation,
      definition.aboutThisEvaluation.scale,
      aboutThisEvaluationPositions,
    );
  else if (aboutThisEvaluation.length > 0)
    fault(['aboutThisEvaluation'], 'This cycle asks nothing about the evaluation itself.');
  return { asIs, toBe };
}

/**
 * The organisation that a submission is about: the one it names, or else the only one it can mean.
 * A sender speaks for the organisations of its registration and for no other.
 */
function chooseOrganisation(
  named: string | undefined,
  definition: CycleDefinition,
  allowed: readonly string[] | null,
): { odsCode: string } | { detail: string } {
  if (named !== undefined) {
    if (!definition.organisations.includes(named))
      return { detail: 'Not an organisation of this cycle.' };
    if (allowed !== null && !allowed.includes(named))
      return { detail: 'This client is not registered for that organisation.' };
    return { odsCode: named };
  }
  const candidates = definition.organisations.filter(
    (odsCode) => allowed === null || allowed.includes(odsCode),
  );
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) return { odsCode: only };
  return { detail: 'Several organisations take part in this cycle: say which one this is about.' };
}
