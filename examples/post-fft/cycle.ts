import { type Api, refusal } from './api.ts';
import { PostFftError } from './errors.ts';

/** What the poster needs of an evaluation cycle. */
export interface Cycle {
  id: string;
  title: string;
  /** ODS codes. */
  organisations: string[];
  perspectives: string[];
  questions: { code: string; prompt: string; polarity: string }[];
  services: { odsCode: string; code: string; name: string }[];
  /** The code of the standard that the export's rating belongs to. */
  standard: string;
  scale: { min: number; max: number };
}

const standardSet = 'fft';
const standard = 'overall-experience';

/** The cycle as the service describes it. Members that are not read here may come and go. */
interface Described {
  id: string;
  title: string;
  phase: string;
  organisations: string[];
  perspectives: string[];
  questions: Cycle['questions'];
  services: Cycle['services'];
  standardSet: { id: string; scale: Cycle['scale']; standards: { code: string }[] };
}

/** Reads a cycle by its id. @throws PostFftError when it is unknown, not open or on another standard set. */
export async function readCycle(api: Api, id: string): Promise<Cycle> {
  const reply = await api.get(`/v1/cycles/${encodeURIComponent(id)}`);
  if (reply.status !== 200) throw refusal(`reading cycle ${id}`, reply);
  return usable(reply.body as Described);
}

/**
 * Finds the organisation's open cycle on the Friends and Family Test set.
 *
 * @throws PostFftError when there is none, or several: then the message lists them.
 */
export async function findOpenCycle(api: Api, organisation: string): Promise<Cycle> {
  const fitting: Described[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      organisation,
      phase: 'open',
      limit: '100',
      ...(cursor === null ? {} : { cursor }),
    });
    const reply = await api.get(`/v1/cycles?${query}`);
    if (reply.status !== 200) throw refusal(`listing the open cycles of ${organisation}`, reply);
    const page = reply.body as { items: Described[]; next: string | null };
    fitting.push(...page.items.filter((cycle) => cycle.standardSet.id === standardSet));
    cursor = page.next;
  } while (cursor !== null);
  const [only, ...others] = fitting;
  if (!only)
    throw new PostFftError(
      `${organisation} has no open cycle on the standard set "${standardSet}"`,
    );
  if (others.length > 0) {
    const list = fitting.map(({ id, title }) => `\n  --cycle ${id}  ${title}`).join('');
    throw new PostFftError(
      `${organisation} has ${fitting.length} open cycles on the standard set "${standardSet}": choose one${list}`,
    );
  }
  return usable(only);
}

function usable(cycle: Described): Cycle {
  const name = `cycle ${cycle.id} ("${cycle.title}")`;
  if (cycle.standardSet.id !== standardSet) {
    throw new PostFftError(
      `${name} is on the standard set "${cycle.standardSet.id}", not "${standardSet}": see cycle.ts and mapping.ts`,
    );
  }
  if (cycle.phase !== 'open') throw new PostFftError(`${name} is ${cycle.phase}, not open`);
  const { scale, standards } = cycle.standardSet;
  if (scale.max - scale.min !== 4 || !standards.some(({ code }) => code === standard)) {
    throw new PostFftError(`${name} has no standard "${standard}" on a scale of five`);
  }
  return {
    id: cycle.id,
    title: cycle.title,
    organisations: cycle.organisations,
    perspectives: cycle.perspectives,
    questions: cycle.questions,
    services: cycle.services,
    standard,
    scale,
  };
}
