import { changePriority } from '../../../api/priorities/contract.ts';
import { InsetText } from '../../components/InsetText.tsx';
import { dayFields } from '../../dates.ts';
import { Fields } from '../../fields.ts';
import { formPage, Redirect } from '../../page.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { readThemesOf } from '../themes/theme-list.tsx';
import { fieldOf, labels, readDecision } from './decision.ts';
import { loadPriority } from './priority.tsx';
import { type Priority, priorityHref } from './priority-words.tsx';
import { RankForm } from './rank-form.tsx';
import { afterAction } from './ranking.ts';

/** Priorities as the fields of the form; themes that cannot be ranked any more are left out, and the others move up. */
function fieldsOf(priority: Priority, themes: readonly { id: string }[]): Fields {
  const ranked = priority.ranking.filter(({ theme }) => themes.some(({ id }) => id === theme));
  return Fields.of({
    ...Object.fromEntries(ranked.map(({ theme }, index) => [`place.${theme}`, index + 1])),
    ...Object.fromEntries(ranked.map(({ theme, rationale }) => [`why.${theme}`, rationale])),
    ...Object.fromEntries(
      priority.decidedBy.map(({ perspective, people }) => [`people.${perspective}`, people]),
    ),
    ...dayFields('decidedOn', priority.decidedOn),
    rationale: priority.rationale,
    ...Object.fromEntries(priority.dissent.map((text, index) => [`dissent.${index}.text`, text])),
    version: priority.version,
  });
}

export const editPriority = formPage({
  path: '/console/priorities/:priorityId/edit',
  roles: ['moderator'],
  labels,
  fieldOf,
  async load(visit) {
    const priority = await loadPriority(visit);
    const { organisation, cycle } = priority;
    const { themes } = await readThemesOf(visit, { organisation, cycle });
    return { priority, themes: themes.filter((theme) => theme.publishedVersion !== null) };
  },
  initial: ({ priority, themes }) => fieldsOf(priority, themes),
  show: ({ loaded: { priority, themes }, fields, errors }) => {
    const left = priority.ranking.filter(({ theme }) => !themes.some(({ id }) => id === theme));
    return {
      title: 'Change the priorities',
      back: { href: priorityHref(priority.id), text: 'Priorities of a cycle' },
      body: (
        <>
          <UrgentHelp />
          <h1 class="nhsuk-heading-l">Change the priorities</h1>
          {priority.publishedVersion !== null && (
            <p>The public reads what is published until you publish the changes.</p>
          )}
          {left.length > 0 && (
            <InsetText>
              <p>These themes were withdrawn or merged into others, and are left out:</p>
              <ul>
                {left.map(({ title }) => (
                  <li>{title ?? 'A theme that was withdrawn'}</li>
                ))}
              </ul>
            </InsetText>
          )}
          <RankForm
            themes={themes}
            version={errors.isStale ? priority.version : fields.raw('version')}
            fields={fields}
            errors={errors}
          />
        </>
      ),
    };
  },
  async save({ api, params, now }, fields) {
    const shown = afterAction(fields);
    if (shown !== null) return shown;
    const read = readDecision(fields, now);
    if ('errors' in read) return read.errors;
    const priorityId = params.priorityId ?? '';
    await api.call(changePriority, {
      params: { priorityId },
      version: fields.wholeNumber('version') ?? 0,
      body: read.content,
    });
    return new Redirect(`${priorityHref(priorityId)}?done=saved`);
  },
});
