import { Table } from '../../components/Table.tsx';
import { gapWords, inSentence, perspectiveName, signed } from './numbers.tsx';
import { greatestFirst, type Part, perspectivesOf, rowsOf } from './part.ts';
import { hrefOf, type Released } from './released.ts';

/** Of each kind, so many of the greatest; the page of a standard has them all. */
const MOST = 5;

/** Differences as results in their own right, and groups that are of two minds or of one. */
export function StandingOut({ released, part }: { released: Released; part: Part }) {
  const { shown } = released;
  const gaps = greatestFirst(released, part.gaps);
  const between = gaps.filter((gap) => gap.perspective === undefined && gap.difference !== 0);
  const wished = gaps.filter((gap) => gap.perspective !== undefined && gap.difference !== 0);
  const changes = greatestFirst(released, part.changes).filter(
    ({ difference }) => difference !== 0,
  );
  const link = (code: string) => {
    const title = part.set.standards.find((standard) => standard.code === code)?.title ?? code;
    return { content: <a href={hrefOf(released, `${part.path}/${code}`)}>{title}</a> };
  };
  return (
    <>
      {shown.service !== null && (
        <p>
          Differences between groups and changes are told of whole organisations only, not of one
          service.
        </p>
      )}
      {between.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Where groups see things differently</h2>
          <p>
            These differences are results, not errors: people in different positions see different
            things. Talk about them together.
          </p>
          <Table
            caption="Greatest differences between groups"
            responsive
            head={['Standard', 'Difference']}
            rows={between
              .slice(0, MOST)
              .map((gap) => [link(gap.standard), gapWords(gap.between, gap.difference)])}
          />
        </>
      )}
      {wished.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">How it is, and how it should be</h2>
          <Table
            caption="Greatest differences between how people say it is and how it should be"
            responsive
            head={['Standard', 'Who', { content: 'Should be, less how it is', format: 'numeric' }]}
            rows={wished
              .slice(0, MOST)
              .map((gap) => [
                link(gap.standard),
                perspectiveName(gap.perspective ?? ''),
                { content: signed(gap.difference) },
              ])}
          />
        </>
      )}
      {changes.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">What changed</h2>
          <Table
            caption="Greatest changes since the evaluation before"
            responsive
            head={['Standard', 'Who', { content: 'Change', format: 'numeric' }]}
            rows={changes
              .slice(0, MOST)
              .map(({ standard, perspective, difference }) => [
                link(standard),
                perspectiveName(perspective),
                { content: signed(difference) },
              ])}
          />
        </>
      )}
      <OfTwoMindsOrOne released={released} part={part} />
    </>
  );
}

/** Groups whose members are divided, or all answered alike. */
function OfTwoMindsOrOne({ released, part }: { released: Released; part: Part }) {
  const rowOf = rowsOf(released, part);
  const rows = part.set.standards.flatMap(({ code, title }) =>
    perspectivesOf(released).map((perspective) => ({
      title,
      name: perspectiveName(perspective),
      asIs: rowOf(code, perspective)?.asIs,
    })),
  );
  const polarised = rows.filter(({ asIs }) => asIs?.polarised);
  const uniform = rows.filter(({ asIs }) => asIs?.uniform);
  if (polarised.length === 0 && uniform.length === 0) return null;
  const list = (items: typeof rows) => (
    <ul>
      {items.slice(0, MOST).map(({ name, title }) => (
        <li>
          {title}: {inSentence(name)}
        </li>
      ))}
      {items.length > MOST && <li>and {items.length - MOST} more, on the pages of standards</li>}
    </ul>
  );
  return (
    <>
      <h2 class="nhsuk-heading-m">Where people agree, and where they are divided</h2>
      {polarised.length > 0 && (
        <>
          <p>
            These are divided between both ends of the scale, so that their average says little:
          </p>
          {list(polarised)}
        </>
      )}
      {uniform.length > 0 && (
        <>
          <p>In these all gave the same answer, as far as rounded numbers tell:</p>
          {list(uniform)}
        </>
      )}
    </>
  );
}
