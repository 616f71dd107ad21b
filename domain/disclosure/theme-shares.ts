import { hasChangedEnough } from './change.ts';
import { type Policy, publishedCount } from './presets.ts';

/**
 * How many of those who answered a question in an organisation said something that belongs to a theme. For everybody together
 * only: those who spoke of a theme are a group with a title and perhaps with quotes, and from which role they speak is kept
 * from moderators too.
 */
export interface ThemeShareRow {
  theme: string;
  organisation: string;
  question: string;
  suppressed: boolean;
  /** How many answered the question: the same for every theme, also for one that is new in a later release. */
  count: number | null;
  /** Of these, how many texts belong to the theme. */
  mentioned: number | null;
  /** As of a row of results. */
  revised?: true | undefined;
}

/** What was counted of a theme and a question. */
export interface CountedTexts {
  theme: string;
  organisation: string;
  question: string;
  texts: number;
  mentioned: number;
}

/**
 * The rows of the themes of a cycle. Nobody answers a question twice, so texts are people. A row is shown where at least the
 * threshold spoke of the theme, and at least as many of those who answered did not: either of the two groups could otherwise
 * be told by the other.
 *
 * How many answered and how many spoke of a theme follow the release before by the rules of results. How many did not is never
 * shown: with themes of different age it would tell who came or went between two releases.
 *
 * @param before the rows of the release before
 */
export function publishThemeShares(
  counted: readonly CountedTexts[],
  policy: Policy,
  before: readonly ThemeShareRow[] | null,
): ThemeShareRow[] {
  const rows: ThemeShareRow[] = [];
  for (const each of counted) {
    const { theme, organisation, question, texts, mentioned } = each;
    const earlier = before?.filter(
      (row) => row.organisation === organisation && row.question === question,
    );
    // Whichever theme showed it: the count of those who answered is one.
    const shownCount = earlier?.find(({ count }) => count !== null)?.count ?? null;
    const then = earlier?.find((row) => row.theme === theme);
    const answered = publishOne(texts, policy, shownCount === null ? null : { count: shownCount });
    const spoke = publishOne(
      mentioned,
      policy,
      then === undefined ? null : { count: then.mentioned, revised: then.revised },
    );
    const isShown = then
      ? !then.suppressed
      : mentioned >= policy.threshold && texts - mentioned >= policy.threshold;
    const isWhole = isShown && answered.count !== null && spoke.count !== null;
    rows.push({
      ...{ theme, organisation, question },
      suppressed: !isWhole,
      count: isWhole ? answered.count : null,
      mentioned: isWhole ? spoke.count : null,
      ...(isWhole && (answered.revised ?? spoke.revised ?? then?.revised) && { revised: true }),
    });
  }
  return rows;
}

interface One {
  count: number | null;
  revised?: true | undefined;
}

/**
 * One count by the rules of results: hidden below the threshold, and then for good; later left as it was until surely as many
 * as the threshold have come or gone.
 *
 * @param then what the release before showed; null for a first
 */
function publishOne(people: number, policy: Policy, then: One | null): One {
  if (then === null) return { count: publishedCount(people, policy) };
  if (then.count === null) return then;
  const was = { mean: 1, distribution: [then.count], uniform: true, polarised: false };
  return people >= policy.threshold && hasChangedEnough([people], was, then.count, policy)
    ? { count: publishedCount(people, policy), revised: true }
    : then;
}
