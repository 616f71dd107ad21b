import type * as z from 'zod';
import type * as queries from '../../db/queries/cycles.ts';
import { phaseAt } from '../../domain/cycle.ts';
import { urgentHelp } from '../../domain/urgent-help.ts';
import { isoTime } from '../shapes.ts';
import type * as shapes from './shapes.ts';

type CycleBody = z.input<typeof shapes.Cycle>;
export type NewCycle = z.output<typeof shapes.NewCycle>;

/** A cycle as the contract shows it. */
export function toBody(row: queries.CycleRow, now: Date): CycleBody {
  const { cycle, organisationNames, standardSet } = row;
  const aboutThisEvaluation = aboutThisEvaluationOf(cycle);
  return {
    id: cycle.id,
    version: cycle.version,
    phase: phaseAt(cycle, now),
    title: cycle.title,
    organisations: cycle.organisations,
    organisationNames,
    standardSet: { id: cycle.standardSetId, version: cycle.standardSetVersion, ...standardSet },
    perspectives: cycle.perspectives,
    questions: cycle.questions,
    services: cycle.services,
    channels: cycle.channels,
    opensAt: isoTime(cycle.opensAt),
    closesAt: isoTime(cycle.closesAt),
    disclosurePolicy: { threshold: cycle.threshold, roundTo: cycle.roundTo },
    lookAgainOn: cycle.lookAgainOn,
    aboutThisEvaluation: aboutThisEvaluation &&
      row.aboutThisEvaluation && { ...aboutThisEvaluation, ...row.aboutThisEvaluation },
    equalityTable: cycle.equalityTable,
    retentionDays: cycle.retentionDays,
    legalHold: cycle.legalHoldSince !== null,
    anonymityStatement: {
      href: `/v1/cycles/${cycle.id}/anonymity-statement`,
      sha256: cycle.anonymityStatementSha256,
    },
    urgentHelp: [...urgentHelp],
  };
}

/** What the contract says of a new cycle, as it is stored. */
export function toDefinition(body: NewCycle, scheduledAt: Date | null) {
  return {
    title: body.title,
    organisations: body.organisations,
    standardSetId: body.standardSet.id,
    standardSetVersion: body.standardSet.version,
    perspectives: body.perspectives,
    questions: body.questions,
    services: body.services,
    channels: body.channels,
    opensAt: new Date(body.opensAt),
    closesAt: new Date(body.closesAt),
    threshold: body.disclosurePolicy.threshold,
    roundTo: body.disclosurePolicy.roundTo,
    lookAgainOn: body.lookAgainOn,
    aboutThisEvaluationSetId: body.aboutThisEvaluation?.id ?? null,
    aboutThisEvaluationSetVersion: body.aboutThisEvaluation?.version ?? null,
    equalityTable: body.equalityTable,
    retentionDays: body.retentionDays,
    scheduledAt,
  };
}

/** A stored cycle in the members of a new one, so that a change can be laid over it and checked as a whole. */
export function toNewCycle({ cycle }: queries.CycleRow): NewCycle {
  return {
    title: cycle.title,
    organisations: cycle.organisations,
    standardSet: { id: cycle.standardSetId, version: cycle.standardSetVersion },
    perspectives: cycle.perspectives,
    questions: cycle.questions,
    services: cycle.services,
    channels: cycle.channels,
    opensAt: isoTime(cycle.opensAt),
    closesAt: isoTime(cycle.closesAt),
    disclosurePolicy: { threshold: cycle.threshold, roundTo: cycle.roundTo },
    lookAgainOn: cycle.lookAgainOn,
    aboutThisEvaluation: aboutThisEvaluationOf(cycle),
    equalityTable: cycle.equalityTable,
    retentionDays: cycle.retentionDays,
  };
}

/** Which version of which set asks about the evaluation itself; both columns are null, or neither. */
function aboutThisEvaluationOf({
  aboutThisEvaluationSetId: id,
  aboutThisEvaluationSetVersion: version,
}: queries.CycleRow['cycle']) {
  return id === null || version === null ? null : { id, version };
}
