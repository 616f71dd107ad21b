import { Button } from '../../components/Button.tsx';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Input } from '../../components/Input.tsx';
import { idOf } from '../../components/parts.ts';
import { Textarea } from '../../components/Textarea.tsx';
import type { Fields } from '../../fields.ts';
import type { FormErrors } from '../../form-errors.ts';
import { inOrder } from './places.ts';
import { rankedFields } from './ranking.ts';

interface Row {
  theme: string;
  title: string;
  place: number | null;
}

/** Themes in the order of their places, those without one below: numbers to type, and buttons that move. */
export function RankingFields({
  themes,
  fields,
  errors,
}: {
  themes: readonly { id: string; title: string }[];
  fields: Fields;
  errors: FormErrors;
}) {
  const places = new Map(rankedFields(fields).map(({ theme, place }) => [theme, place]));
  const rows = inOrder(
    [...themes]
      .sort((one, other) => one.title.localeCompare(other.title, 'en-GB'))
      .map(({ id, title }) => ({ theme: id, title, place: places.get(id) ?? null })),
  );
  const ranked = rows.filter(({ place }) => place !== null);
  const others = rows.filter(({ place }) => place === null);
  const error = errors.of('ranking');
  return (
    <>
      <h2 id="ranking" tabindex={-1}>
        The themes in order
      </h2>
      {error && <ErrorMessage>{error}</ErrorMessage>}
      <p>
        Enter 1 for what should be done first, 2 for what comes next, and so on. Leave themes empty
        that the group did not rank. Then select Put in order: you can say there why each stands
        where it does.
      </p>
      <ol class="nhsuk-list">
        {ranked.map((row, index) => (
          <li class="fc-ranked">
            <PlaceField row={row} fields={fields} errors={errors} />
            <Moves row={row} isFirst={index === 0} isLast={index === ranked.length - 1} />
            <Textarea
              label={{
                text: (
                  <>
                    Why it stands there (optional)
                    <span class="nhsuk-u-visually-hidden">: {row.title}</span>
                  </>
                ),
              }}
              name={`why.${row.theme}`}
              rows={2}
              value={fields.raw(`why.${row.theme}`)}
            />
          </li>
        ))}
      </ol>
      {others.length > 0 && (
        <>
          {ranked.length > 0 && <h3>Not ranked</h3>}
          <ul class="nhsuk-list">
            {others.map((row) => (
              <li>
                <PlaceField row={row} fields={fields} errors={errors} />
                {/* Stays for the case that the theme gets its place again. */}
                {fields.raw(`why.${row.theme}`) !== '' && (
                  <input
                    type="hidden"
                    name={`why.${row.theme}`}
                    value={fields.raw(`why.${row.theme}`)}
                  />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Button
        variant="secondary"
        name="action"
        value="sort"
        attributes={{ formaction: '#ranking' }}
      >
        Put in order
      </Button>
    </>
  );
}

function PlaceField({ row, fields, errors }: { row: Row; fields: Fields; errors: FormErrors }) {
  const name = `place.${row.theme}`;
  return (
    <Input
      label={{
        text: (
          <>
            {row.title}
            <span class="nhsuk-u-visually-hidden">, place</span>
          </>
        ),
      }}
      name={name}
      width={2}
      inputmode="numeric"
      value={fields.raw(name)}
      errorMessage={errors.of(name)}
    />
  );
}

function Moves({ row, isFirst, isLast }: { row: Row; isFirst: boolean; isLast: boolean }) {
  const attributes = { formaction: `#${idOf(`place.${row.theme}`)}` };
  const about = <span class="nhsuk-u-visually-hidden"> {row.title}</span>;
  return (
    <div class="fc-actions">
      {!isFirst && (
        <Button
          variant="secondary"
          small
          name="action"
          value={`up.${row.theme}`}
          attributes={attributes}
        >
          Move up{about}
        </Button>
      )}
      {!isLast && (
        <Button
          variant="secondary"
          small
          name="action"
          value={`down.${row.theme}`}
          attributes={attributes}
        >
          Move down{about}
        </Button>
      )}
    </div>
  );
}
