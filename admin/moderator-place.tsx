import { listCycles } from '../api/cycles/contract.ts';
import { Button } from './components/Button.tsx';
import { Select } from './components/Select.tsx';
import type { View, Visit } from './page.tsx';
import { Pages, pagingOf } from './paging.tsx';

/** What the themes and priorities of a page are about: one organisation of the person's, and one cycle. */
export interface Place {
  organisation: string;
  cycle: string;
}

/** The organisation that is asked for, if it is theirs to moderate; otherwise the first that is. */
export function organisationOf({ person, query }: Visit): string {
  const own = person.organisationsAs('moderator');
  const asked = query.get('organisation') ?? '';
  return own.includes(asked) ? asked : (own[0] ?? '');
}

/** Null where no cycle is chosen yet. */
export function placeOf(visit: Visit): Place | null {
  const cycle = visit.query.get('cycle');
  return cycle ? { organisation: organisationOf(visit), cycle } : null;
}

/** A page with its query; what is undefined or null is left out. */
export function hrefWith(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const entries = Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [name, String(value)]);
  const search = new URLSearchParams(entries).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** The choice of organisation, for whoever moderates for several. */
export function OrganisationChoice({ visit, action }: { visit: Visit; action: string }) {
  const own = visit.person.organisationsAs('moderator');
  if (own.length < 2) return null;
  return (
    <form method="get" action={action}>
      <Select
        label="Organisation"
        name="organisation"
        value={organisationOf(visit)}
        items={own.map((odsCode) => ({ text: odsCode, value: odsCode }))}
      />
      <Button variant="secondary" small>
        Show
      </Button>
    </form>
  );
}

/** Cycles that anybody may know of, in which an organisation takes part: a page of them. */
export async function readCycles(visit: Visit) {
  const { body } = await visit.api.call(listCycles, {
    query: { organisation: organisationOf(visit), cursor: pagingOf(visit).cursor },
  });
  return { items: body.items.filter(({ phase }) => phase !== 'draft'), next: body.next };
}

/** Asks which cycle, where an address does not say. */
export async function chooseCycle(
  visit: Visit,
  { path, title, lede }: { path: string; title: string; lede: string },
): Promise<View> {
  const { items, next } = await readCycles(visit);
  const organisation = organisationOf(visit);
  return {
    title: `${title}${pagingOf(visit).titleSuffix}`,
    body: (
      <>
        <h1>{title}</h1>
        <p>{lede}</p>
        <OrganisationChoice visit={visit} action={path} />
        <h2>Which cycle?</h2>
        {items.length === 0 ? (
          <p>
            {organisation} takes part in no cycle yet. Once an administrator schedules one, it
            appears here.
          </p>
        ) : (
          <ul class="nhsuk-list">
            {items.map((cycle) => (
              <li>
                <a href={hrefWith(path, { organisation, cycle: cycle.id })}>{cycle.title}</a>
              </li>
            ))}
          </ul>
        )}
        <Pages visit={visit} next={next} />
      </>
    ),
  };
}
