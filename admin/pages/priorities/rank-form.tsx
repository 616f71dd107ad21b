import { participantBands, perspectives } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { CharacterCount } from '../../components/CharacterCount.tsx';
import { DateInput } from '../../components/DateInput.tsx';
import { Select } from '../../components/Select.tsx';
import { Textarea } from '../../components/Textarea.tsx';
import { dayValues } from '../../dates.ts';
import type { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormErrors } from '../../form-errors.ts';
import { perspectiveWords } from '../../words.ts';
import { bandOfPeopleWords } from './priority-words.tsx';
import { RankingFields } from './ranking-fields.tsx';

/** What a group decided: the ranking, who took part, when and how, and who disagreed. */
export function RankForm({
  themes,
  version,
  fields,
  errors,
}: {
  /** Themes that can be ranked. */
  themes: readonly { id: string; title: string }[];
  /** The version that was read, for a change. */
  version: string | number | null;
  fields: Fields;
  errors: FormErrors;
}) {
  return (
    <Form hidden={{ version }}>
      {/* Enter in a field presses the first button of a form: nothing is saved by it, and no row is lost. */}
      <button
        type="submit"
        name="action"
        value="sort"
        class="nhsuk-u-visually-hidden"
        tabindex={-1}
      >
        Put the themes in order
      </button>
      <RankingFields themes={themes} fields={fields} errors={errors} />
      <h2 class="nhsuk-heading-m">Who decided</h2>
      <p>
        Priorities are chosen by people with lived experience. At least one person who uses services
        or one carer has to be among them. Only roles and rough numbers are kept, never names.
      </p>
      {perspectives.map((perspective) => (
        <Select
          label={perspectiveWords[perspective]}
          name={`people.${perspective}`}
          value={fields.raw(`people.${perspective}`)}
          errorMessage={errors.of(`people.${perspective}`)}
          items={[
            { text: 'Nobody', value: '' },
            ...participantBands.map((band) => ({ text: bandOfPeopleWords[band], value: band })),
          ]}
        />
      ))}
      <h2 class="nhsuk-heading-m">How it was decided</h2>
      <DateInput
        legend={{ text: 'Day of the decision', size: 's' }}
        hint="For example, 27 3 2026"
        name="decidedOn"
        values={dayValues(fields, 'decidedOn')}
        errorMessage={errors.of('decidedOn-day')}
      />
      <CharacterCount
        label={{ text: 'How it was decided, and why so', size: 's' }}
        hint="Such as: we talked through every theme in two meetings, and everybody had three votes"
        name="rationale"
        maxlength={4000}
        value={fields.raw('rationale')}
        errorMessage={errors.of('rationale')}
      />
      <Dissent fields={fields} errors={errors} />
      <Button name="action" value="save" preventDoubleClick>
        Save and look at it
      </Button>
    </Form>
  );
}

/** Disagreement that was not settled is told with the decision. */
function Dissent({ fields, errors }: { fields: Fields; errors: FormErrors }) {
  const rows = fields.items('dissent');
  return (
    <>
      <h2 id="dissent">Who disagreed</h2>
      <p>
        Not everybody has to agree. Write down what somebody wants to be remembered, in their words
        and without their name.
      </p>
      {rows.map((row, index) => (
        <>
          <Textarea
            label={`What they said (${index + 1})`}
            name={`dissent.${index}.text`}
            rows={3}
            value={row.raw('text')}
            errorMessage={errors.of(`dissent.${index}.text`)}
          />
          <Button
            variant="secondary"
            small
            name="action"
            value={`remove-dissent.${index}`}
            attributes={{ formaction: '#dissent' }}
          >
            Remove<span class="nhsuk-u-visually-hidden"> disagreement {index + 1}</span>
          </Button>
        </>
      ))}
      <div>
        <Button
          variant="secondary"
          small
          name="action"
          value="add-dissent"
          attributes={{ formaction: '#dissent' }}
        >
          Write down a disagreement
        </Button>
      </div>
    </>
  );
}
