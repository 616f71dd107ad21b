import * as texts from '../../db/queries/theme-texts.ts';
import * as queries from '../../db/queries/themes.ts';
import { cleanText } from '../http/clean-text.ts';
import { onlyOrganisation, ownOrganisations, requireOrganisations } from '../http/organisations.ts';
import { readPage, toPage, uuidKey } from '../http/page.ts';
import { Problem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { published, workingCopy } from './bodies.ts';
import * as contract from './contract.ts';
import {
  badReferences,
  notFound,
  refuseTexts,
  requireOwn,
  requireWorking,
  stale,
  UNFIT,
  whyNotMerged,
  withdrawn,
} from './refusals.ts';

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
    const [, unfit, , [own], [row]] = await session.batch([
      texts.lockThemes(db, [id]),
      texts.readUnfitTexts(db, id, body.add),
      texts.changeTextsOfTheme(db, id, body, now),
      queries.readWorkingTheme(db, id),
      queries.readPublishedTheme(db, id),
    ]);
    const current = requireWorking(own, row, undefined);
    refuseTexts('add', body.add, unfit.rows[0]?.unfit, UNFIT);
    return { status: 200, version: current.theme.version, body: workingCopy(current) };
  },
);

export const mergeTheme = serve(contract.mergeTheme).with(
  async ({ params, body, ifMatch, session, now }) => {
    const { db } = session;
    const id = params.themeId;
    const [, [before], merged, [own], [row], [target]] = await session.batch([
      texts.lockThemes(db, [id, body.into]),
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
    const [, outside, references, , [own], [row], [made]] = await session.batch([
      texts.lockThemes(db, [id]),
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
  const { title, description } = content;
  return {
    ...content,
    ...(title !== undefined && { title: cleanText(title, now) }),
    ...(description && { description: cleanText(description, now) }),
  };
}

function showPublished(row: queries.PublishedThemeRow | undefined) {
  if (row === undefined) throw notFound();
  if (row.theme.withdrawnAt !== null) throw withdrawn();
  return published(row);
}
