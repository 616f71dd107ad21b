import { NOT_SAID } from '../vocabulary.ts';
import type { Policy } from './presets.ts';
import { publish, type ResultRow } from './publish.ts';

/** How many of those who answered a question said something that belongs to a theme. `perspective` 'all' is everybody. */
export interface ThemeShareRow {
  theme: string;
  title: string;
  organisation: string;
  question: string;
  perspective: string;
  suppressed: boolean;
  /** How many answered the question. */
  count: number | null;
  /** Of these, how many texts belong to the theme, and how many do not. */
  mentioned: number | null;
  notMentioned: number | null;
  /** As of a row of results. */
  revised?: true | undefined;
}

/** What was counted of a theme and a question, of one perspective. */
export interface CountedTexts {
  theme: string;
  title: string;
  organisation: string;
  question: string;
  perspective: string;
  texts: number;
  mentioned: number;
}

/**
 * The rows of the themes of a cycle, by the rules of results (`publish`). A theme and a question are like a standard with two
 * answers, mentioned or not: so a group is hidden where too few answered the question, and what is left when a share is
 * subtracted from one is protected with it. Nobody answers a question twice, so texts are people.
 *
 * @param perspectives of the cycle
 * @param before the rows of the release before; a theme that it did not have is shown as in a first release
 * @returns null where a check fails: nothing may then be told
 */
export function publishThemeShares(
  perspectives: readonly string[],
  counted: readonly CountedTexts[],
  policy: Policy,
  before: readonly ThemeShareRow[] | null,
): ThemeShareRow[] | null {
  const rows: ThemeShareRow[] = [];
  for (const own of groupedBy(counted, keyOf).values()) {
    const [first] = own;
    if (first === undefined) continue;
    const { theme, title, organisation, question } = first;
    const standard = keyOf(first);
    const then = before?.filter((row) => keyOf(row) === standard) ?? [];
    const outcome = publish(
      {
        organisations: [organisation],
        services: [],
        perspectives: [...perspectives, NOT_SAID],
        standards: [standard],
        scale: { min: 0, max: 1 },
      },
      own.map(({ perspective, texts, mentioned }) => ({
        ...{ organisation, service: null, standard, perspective },
        asIs: [texts - mentioned, mentioned],
        toBe: [0, 0],
      })),
      policy,
      then.length === 0 ? null : then.map((row) => asResult(row, standard)),
    );
    if (!outcome.safe) return null;
    for (const { perspective, suppressed, count, asIs, revised } of outcome.rows)
      rows.push({
        ...{ theme, title, organisation, question, perspective, suppressed, count },
        mentioned: asIs?.distribution[1] ?? null,
        notMentioned: asIs?.distribution[0] ?? null,
        ...(revised && { revised }),
      });
  }
  return rows;
}

/** A row as `publish` knows it from the release before. */
function asResult(row: ThemeShareRow, standard: string): ResultRow {
  const { organisation, perspective, suppressed, count, mentioned, notMentioned, revised } = row;
  return {
    ...{ organisation, service: null, standard, perspective, suppressed, count },
    asIs:
      mentioned === null || notMentioned === null
        ? null
        : {
            mean: 0,
            distribution: [notMentioned, mentioned],
            uniform: false,
            polarised: false,
          },
    toBe: null,
    ...(revised && { revised }),
  };
}

function keyOf({ theme, question }: { theme: string; question: string }): string {
  return `${theme} ${question}`;
}

function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
