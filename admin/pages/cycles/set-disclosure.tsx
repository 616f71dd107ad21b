import { Input } from '../../components/Input.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import type { FormError } from '../../form-errors.ts';
import { isChangeable } from './load-cycle.ts';
import { policyMeaning } from './policy-meaning.ts';
import { setUpPage } from './set-up-page.tsx';

const title = 'When are numbers hidden?';
const THRESHOLD = 'disclosurePolicy.threshold';
const ROUND_TO = 'disclosurePolicy.roundTo';

export const setDisclosurePage = setUpPage({
  task: 'disclosure-policy',
  title,
  labels: { [THRESHOLD]: 'Fewest people', [ROUND_TO]: 'Rounding' },
  // From its opening on, people may be protected better than they were promised, but not less.
  isOpenTo: ({ phase }) => phase !== 'released',
  initial: ({ disclosurePolicy: { threshold, roundTo } }) => ({
    [THRESHOLD]: threshold,
    [ROUND_TO]: roundTo,
  }),
  show: ({ cycle, fields, errors }) => (
    <>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        If only a few people of a group answered, a number could tell what one of them said. So
        small groups are hidden, and as much besides as it takes that nothing hidden can be worked
        out from what is shown.
      </p>
      <InsetText>
        <p>As it is set now:</p>
        <ul>
          {policyMeaning(cycle.disclosurePolicy).map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      </InsetText>
      <Input
        label="Fewest people whose numbers are shown"
        hint={
          isChangeable(cycle)
            ? 'From 5 to 100; 10 is usual. The higher, the safer people are, and the less is shown of small groups.'
            : `People were promised ${cycle.disclosurePolicy.threshold}: from now on it may go up, never down.`
        }
        name={THRESHOLD}
        width={3}
        inputmode="numeric"
        value={fields.raw(THRESHOLD)}
        errorMessage={errors.of(THRESHOLD)}
      />
      {isChangeable(cycle) ? (
        <Input
          label="Round counts to the nearest"
          hint="From 1 to 50; 5 is usual. With 1, counts are shown as they are."
          name={ROUND_TO}
          width={3}
          inputmode="numeric"
          value={fields.raw(ROUND_TO)}
          errorMessage={errors.of(ROUND_TO)}
        />
      ) : (
        <input type="hidden" name={ROUND_TO} value={fields.raw(ROUND_TO)} />
      )}
    </>
  ),
  read: async (fields) => {
    const errors: FormError[] = [];
    const threshold = fields.wholeNumber(THRESHOLD);
    const roundTo = fields.wholeNumber(ROUND_TO);
    if (threshold === null || threshold < 5 || threshold > 100)
      errors.push({ field: THRESHOLD, text: 'Enter a whole number of people from 5 to 100' });
    if (roundTo === null || roundTo < 1 || roundTo > 50)
      errors.push({ field: ROUND_TO, text: 'Enter a whole number from 1 to 50 to round to' });
    if (threshold === null || roundTo === null || errors.length > 0) return errors;
    return { disclosurePolicy: { threshold, roundTo } };
  },
});
