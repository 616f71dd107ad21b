import { createPriority } from '../../../api/priorities/contract.ts';
import { Fields } from '../../fields.ts';
import { hrefWith, placeOf } from '../../moderator-place.tsx';
import { formPage, NotFound, Redirect, type Visit } from '../../page.tsx';
import { readCycleWords } from '../../remembered.ts';
import { UrgentHelp } from '../../urgent-help.tsx';
import { readThemesOf } from '../themes/theme-list.tsx';
import { fieldOf, labels, readDecision } from './decision.ts';
import { priorityHref } from './priority-words.tsx';
import { RankForm } from './rank-form.tsx';
import { afterAction } from './ranking.ts';

function requirePlace(visit: Visit) {
  const place = placeOf(visit);
  if (place === null) throw new NotFound();
  return place;
}

export const newPriority = formPage({
  path: '/console/priorities/new',
  roles: ['moderator'],
  labels,
  fieldOf,
  async load(visit) {
    const place = requirePlace(visit);
    const [{ themes, hasMore }, cycle] = await Promise.all([
      readThemesOf(visit, place),
      readCycleWords(visit, place.cycle),
    ]);
    const published = themes.filter(({ publishedVersion }) => publishedVersion !== null);
    return { place, cycle, themes: published, hasMore };
  },
  initial: () => Fields.of({}),
  show: ({ loaded: { place, cycle, themes, hasMore }, fields, errors }) => ({
    title: 'Rank with a group',
    back: {
      href: hrefWith('/console/priorities', { organisation: place.organisation }),
      text: 'Priorities',
    },
    body: (
      <>
        <UrgentHelp />
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">
            {cycle.title}, {place.organisation}
          </span>
          Rank with a group
        </h1>
        <p>Talk through the themes together first. Then write down here what the group decided.</p>
        {hasMore && <p>This cycle has more than 100 themes: only the first 100 are looked at.</p>}
        {themes.length === 0 ? (
          <p>
            No theme of this cycle is published yet. Only published themes can be ranked, so that
            everybody can read what was decided on.{' '}
            <a href={hrefWith('/console/themes', { ...place })}>Go to the themes</a>
          </p>
        ) : (
          <RankForm themes={themes} version={null} fields={fields} errors={errors} />
        )}
      </>
    ),
  }),
  async save(visit, fields) {
    const shown = afterAction(fields);
    if (shown !== null) return shown;
    const read = readDecision(fields, visit.now);
    if ('errors' in read) return read.errors;
    const { body } = await visit.api.call(createPriority, {
      body: { ...requirePlace(visit), ...read.content },
    });
    return new Redirect(`${priorityHref(body.id)}?done=saved`);
  },
});
