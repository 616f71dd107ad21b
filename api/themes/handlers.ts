import type * as z from 'zod';
import * as texts from '../../db/queries/theme-texts.ts';
import * as queries from '../../db/queries/themes.ts';
import { screen } from '../../domain/screening/screen.ts';
import { onlyOrganisation, ownOrganisations, requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { type FieldError, Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { isoTime, isoTimeOrNull } from '../shapes.ts';
import * as contract from './contract.ts';
import type { Theme } from './shapes.ts';

type ThemeBody = z.input<typeof Theme>;

export const createTheme = serve(contract.createTheme).with(
  async ({ body, principal, session, now }) => {
    const organisation = body.organisation ?? onlyOrganisation(principal);
    requireOrganisations(principal, [organisation]);
    const { db } = session;
    const id = crypto.randomUUID();
    const place = { cycleId: body.cycle, organisation };
    const content = screened(body, now);
    const [references, , [row]] = await session.batch([
      queries.readThemeReferences(db, place, content),
      queries.insertTheme(db, id, place, content, now),
      queries.readWorkingTheme(db, id),
    ]);
    if (row === undefined) throw badReferences(references.rows[0], content.standards);
    return {
      status: 201,
      version: row.theme.version,
      headers: { Location: `/v1/themes/${id}` },
      body: workingCopy(row),
    };
  },
);

export const listThemes = serve(contract.listThemes).with(async ({ query, principal, session }) => {
  const page = readPage(query, uuidKey);
  const { organisation, cycle, enquiryCategory, standard } = query;
  const filter = { organisation, cycle, enquiryCategory, standard };
  const keyOf = ({ theme }: { theme: { id: string } }) => theme.id;
  if (ownOrganisations(principal, organisation) !== null) {
    const rows = await session.run(queries.listWorkingThemes(session.db, filter, page));
    return { status: 200, body: toPage(rows, page, keyOf, workingCopy) };
  }
  const rows = await session.run(queries.listPublishedThemes(session.db, filter, page));
  return { status: 200, body: toPage(rows, page, keyOf, published) };
});

export const getTheme = serve(contract.getTheme).with(async ({ params, principal, session }) => {
  const { db } = session;
  if (principal === null) {
    const [row] = await session.run(queries.readPublishedTheme(db, params.themeId));
    return { status: 200, body: showPublished(row) };
  }
  const [[own], [row]] = await session.batch([
    queries.readWorkingTheme(db, params.themeId),
    queries.readPublishedTheme(db, params.themeId),
  ]);
  if (own === undefined) return { status: 200, body: showPublished(row) };
  if (own.theme.withdrawnAt !== null) throw withdrawn();
  return { status: 200, version: own.theme.version, body: workingCopy(own) };
});

export const changeTheme = serve(contract.changeTheme).with(
  async ({ params, body, ifMatch, session, now }) => {
    const { db } = session;
    const id = params.themeId;
    const changes = screened(body, now);
    const [references, updated, [own], [row]] = await session.batch([
      queries.readChangeReferences(db, id, changes),
      queries.updateTheme(db, id, ifMatch, changes, now),
      queries.readWorkingTheme(db, id),
      queries.readPublishedTheme(db, id),
    ]);
    if (updated.rowCount !== 1) {
      requireWorking(own, row, ifMatch);
      throw badReferences(references.rows[0], changes.standards, changes.quotes);
    }
    const changed = requireOwn(own, row);
    return { status: 200, version: changed.theme.version, body: workingCopy(changed) };
  },
);

export const publishTheme = serve(contract.publishTheme).with(
  async ({ params, ifMatch, session, now }) => {
    const { db } = session;
    const id = params.themeId;
    const [, [own], [row]] = await session.batch([
      queries.publishTheme(db, id, ifMatch, now),
      queries.readWorkingTheme(db, id),
      queries.readPublishedTheme(db, id),
    ]);
    requireWorking(own, row, ifMatch);
    if (row === undefined) throw notFound();
    return { status: 200, version: row.theme.version, body: published(row) };
  },
);

export const withdrawTheme = serve(contract.withdrawTheme).with(
  async ({ params, ifMatch, session, now }) => {
    const { db } = session;
    const id = params.themeId;
    const [[before], [row], ended] = await session.batch([
      queries.readWorkingTheme(db, id),
      queries.readPublishedTheme(db, id),
      queries.withdrawTheme(db, id, ifMatch, now),
    ]);
    const own = requireOwn(before, row);
    if (own.theme.withdrawnAt !== null) throw withdrawn();
    if (ended.rowCount === 1) return { status: 204 };
    throw own.theme.publishedVersion === null
      ? new Problem('not-found', 'This theme is not published.')
      : stale();
  },
);

export const changeTextsOfTheme = serve(contract.changeTextsOfTheme).with(
  async ({ params, body, session, now }) => {
    const { db } = session;
    const id = params.themeId;
    const [unfit, , [own], [row]] = await session.batch([
      texts.readUnfitTexts(db, id, body.add),
      texts.changeTextsOfTheme(db, id, body, now),
      queries.readWorkingTheme(db, id),
      queries.readPublishedTheme(db, id),
    ]);
    const current = requireWorking(own, row, undefined);
    refuseTexts('add', body.add, unfit.rows[0]?.unfit, UNFIT);
    return { status: 200, body: workingCopy(current) };
  },
);

export const mergeTheme = serve(contract.mergeTheme).with(
  async ({ params, body, ifMatch, session, now }) => {
    const { db } = session;
    const id = params.themeId;
    const [[before], merged, [own], [row], [target]] = await session.batch([
      queries.readWorkingTheme(db, id),
      texts.mergeTheme(db, id, body.into, ifMatch, now),
      queries.readWorkingTheme(db, id),
      queries.readPublishedTheme(db, id),
      queries.readWorkingTheme(db, body.into),
    ]);
    if (merged.rowCount !== 1) {
      requireWorking(before, row, ifMatch);
      throw whyNotMerged(before, target);
    }
    const current = requireOwn(own, row);
    return { status: 200, version: current.theme.version, body: workingCopy(current) };
  },
);

export const splitTheme = serve(contract.splitTheme).with(
  async ({ params, body: { texts: moved, ...body }, session, now }) => {
    const { db } = session;
    const id = params.themeId;
    const newId = crypto.randomUUID();
    const content = screened(body, now);
    const [outside, references, , [own], [row], [made]] = await session.batch([
      texts.readTextsOutside(db, id, moved),
      queries.readChangeReferences(db, id, content),
      texts.splitTheme(db, id, newId, content, moved, now),
      queries.readWorkingTheme(db, id),
      queries.readPublishedTheme(db, id),
      queries.readWorkingTheme(db, newId),
    ]);
    requireWorking(own, row, undefined);
    refuseTexts('texts', moved, outside.rows[0]?.outside, 'Not a text of this theme.');
    if (made === undefined) throw badReferences(references.rows[0], content.standards);
    return {
      status: 201,
      version: made.theme.version,
      headers: { Location: `/v1/themes/${newId}` },
      body: workingCopy(made),
    };
  },
);

/** What a moderator writes is screened as what they read: a theme is read by everybody. */
function screened<
  Content extends { title?: string | undefined; description?: string | null | undefined },
>(content: Content, now: Date): Content {
  const clean = (text: string) => screen(text, { thisYear: now.getUTCFullYear() }).text;
  const { title, description } = content;
  return {
    ...content,
    ...(title !== undefined && { title: clean(title) }),
    ...(description && { description: clean(description) }),
  };
}

function published({ theme, quotes }: queries.PublishedThemeRow): ThemeBody {
  return {
    ...common(theme),
    strength: theme.strength,
    quotes: quotes.map(({ question, text }) => ({ question, text })),
    publishedAt: isoTime(theme.firstPublishedAt),
    updatedAt: isoTime(theme.publishedAt),
  };
}

function workingCopy(row: queries.WorkingThemeRow): ThemeBody {
  const { theme, quotes, textCount, firstPublishedAt } = row;
  return {
    ...common(theme),
    // A band is of what was published; staff see how many texts there are.
    strength: null,
    quotes,
    textCount,
    publishedAt: isoTimeOrNull(firstPublishedAt),
    updatedAt: isoTime(theme.updatedAt),
  };
}

function common(theme: queries.PublishedThemeRow['theme'] | queries.ThemeRow) {
  return {
    id: theme.id,
    version: theme.version,
    organisation: theme.organisation,
    cycle: theme.cycleId,
    title: theme.title,
    description: theme.description,
    enquiryCategory: theme.enquiryCategory,
    vocabularyVersion: theme.vocabularyVersion,
    standards: theme.standards,
    splitFrom: theme.splitFrom,
    mergedInto: theme.mergedInto,
  };
}

function showPublished(row: queries.PublishedThemeRow | undefined): ThemeBody {
  if (row === undefined) throw notFound();
  if (row.theme.withdrawnAt !== null) throw withdrawn();
  return published(row);
}

/** A theme of the caller's: policies show no other's working copy. That one is published, everybody knows. */
function requireOwn(
  own: queries.WorkingThemeRow | undefined,
  row: queries.PublishedThemeRow | undefined,
): queries.WorkingThemeRow {
  if (own !== undefined) return own;
  throw row === undefined
    ? notFound()
    : new Problem('forbidden', 'This client is not registered for the organisation of this theme.');
}

/** One that can still change, at the version that was expected. */
function requireWorking(
  own: queries.WorkingThemeRow | undefined,
  row: queries.PublishedThemeRow | undefined,
  expectedVersion: number | undefined,
): queries.WorkingThemeRow {
  const current = requireOwn(own, row);
  if (current.theme.withdrawnAt !== null) throw withdrawn();
  if (current.theme.mergedInto !== null)
    throw new Problem('wrong-phase', 'This theme was merged into another: change that one.');
  if (expectedVersion !== undefined && current.theme.version !== expectedVersion) throw stale();
  return current;
}

function whyNotMerged(
  before: queries.WorkingThemeRow | undefined,
  target: queries.WorkingThemeRow | undefined,
): Problem {
  const isAlike =
    target !== undefined &&
    target.theme.id !== before?.theme.id &&
    target.theme.cycleId === before?.theme.cycleId &&
    target.theme.organisation === before.theme.organisation;
  if (!isAlike)
    return validationProblem([
      { pointer: '/into', detail: 'Not another theme of the same cycle and organisation.' },
    ]);
  return new Problem(
    'wrong-phase',
    'The other theme is withdrawn, merged, or not published while this one is.',
  );
}

const UNFIT = 'Not a text of this cycle and organisation that was decided on and is still there.';

function refuseTexts(
  member: string,
  given: readonly string[],
  bad: readonly string[] = [],
  detail: string,
): void {
  const errors = given.flatMap((id, index) =>
    bad.includes(id) ? [{ pointer: `/${member}/${index}`, detail }] : [],
  );
  if (errors.length > 0) throw validationProblem(errors);
}

function badReferences(
  found: (queries.ThemeReferences & { unknown_quotes?: string[] }) | undefined,
  standards: readonly string[] = [],
  quotes: readonly string[] = [],
): Problem {
  const errors: FieldError[] = [];
  if (!found?.is_cycle_known)
    errors.push({
      pointer: '/cycle',
      detail: 'Not a cycle in which this organisation takes part.',
    });
  if (!found?.is_category_known)
    errors.push({ pointer: '/enquiryCategory', detail: 'Not a category of the vocabulary.' });
  for (const [index, code] of standards.entries())
    if (found?.unknown_standards.includes(code))
      errors.push({
        pointer: `/standards/${index}`,
        detail: "Not a standard of the cycle's set.",
      });
  for (const [index, id] of quotes.entries())
    if (found?.unknown_quotes?.includes(id))
      errors.push({
        pointer: `/quotes/${index}`,
        detail: 'Not a text of this theme that may be quoted.',
      });
  // All that it refers to is there: then somebody was quicker.
  return errors.length > 0 ? validationProblem(errors) : stale();
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no theme with this id.');
}

function withdrawn(): Problem {
  return new Problem('gone', 'This theme was withdrawn by its organisation.');
}

function stale(): Problem {
  return new Problem(
    'precondition-failed',
    'The theme has changed since it was read. Read it again.',
  );
}
