import type { AnonymityStatement } from '../../../domain/anonymity-statement.ts';
import { Details } from '../../components/Details.tsx';

/** The anonymity statement of a cycle for reading: the same that whoever answers can have, and its digest to compare with. */
export function AnonymityWords({
  statement,
  sha256,
}: {
  statement: AnonymityStatement;
  sha256: string;
}) {
  const { publication, retention, takenApart } = statement;
  return (
    <>
      <h2 class="nhsuk-heading-m">What becomes of it</h2>
      <h3>Never stored</h3>
      <Lines items={statement.neverStored} />
      <h3>Taken apart</h3>
      <p>{takenApart.rule}</p>
      <h3>Who reads it</h3>
      <Lines items={statement.readers} />
      <h3>What is published</h3>
      <p>
        With a threshold of {publication.threshold}. {publication.rule}
      </p>
      <p>{publication.words}</p>
      <p>{publication.equality}</p>
      <h3>How long it is kept</h3>
      <p>{retention.rule}</p>
      <h3>What this cannot do</h3>
      <Lines items={statement.limits} />
      <Details summary="Everything that is stored, field by field">
        {statement.stored.map(({ what, kept, fields }) => (
          <>
            <p>
              <strong>{what}</strong>. Kept: {kept}
            </p>
            <Lines items={fields.map(({ meaning, precision }) => `${meaning} (${precision})`)} />
          </>
        ))}
      </Details>
      <p>
        Its digest (SHA-256), by which anybody can see that the statement was not changed:{' '}
        <code class="fc-text">{sha256}</code>
      </p>
    </>
  );
}

function Lines({ items }: { items: readonly string[] }) {
  return (
    <ul class="nhsuk-list nhsuk-list--bullet">
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  );
}
