import { keptTexts, REDACTION } from '../../../domain/moderation.ts';
import { Button } from '../../components/Button.tsx';
import { Details } from '../../components/Details.tsx';
import { Form } from '../../form.tsx';
import { FORM_TOKEN_FIELD } from '../../form-token.ts';
import type { FormShown, View } from '../../page.tsx';
import { placeOf, textHref } from './place.ts';
import { chosenIn, rangesOf, STEP } from './redaction.ts';
import { Help, type Text } from './text-shown.tsx';

/** The second step: the text as it will stand, before anything is gone. */
export function checkRedaction({
  visit,
  loaded: { text },
  fields,
}: FormShown<{ text: Text }>): View {
  const ranges = rangesOf(text.text, chosenIn(fields));
  const kept = keptTexts(text.text, ranges);
  const characters = [...text.text];
  const carried = fields.entries().filter(([name]) => name !== FORM_TOKEN_FIELD && name !== STEP);
  return {
    title: 'Is this what should be left?',
    back: { href: textHref(text.id, placeOf(visit)), text: 'Decide something else' },
    body: (
      <>
        <Help isOpen={text.safeguarding} />
        <h1 class="nhsuk-heading-l">Is this what should be left?</h1>
        <p>Read it once more. Could somebody still tell who it is about?</p>
        <blockquote class="fc-written">
          <p class="fc-text">
            {kept.map((stretch, index) => (
              <>
                {index > 0 && <span class="fc-removed">{REDACTION}</span>}
                {stretch}
              </>
            ))}
          </p>
        </blockquote>
        <Details summary="What is taken out">
          <ul>
            {ranges.map(({ start, end }) => (
              <li>{characters.slice(start, end).join('')}</li>
            ))}
          </ul>
        </Details>
        <Form>
          {carried.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p>
            These words are gone at once and for good, and what is left may be published. This
            cannot be undone.
          </p>
          <div class="fc-actions">
            <Button variant="warning" name={STEP} value="do" preventDoubleClick>
              Take the words out for good
            </Button>
            <Button variant="secondary" name={STEP} value="mark">
              Mark other words
            </Button>
          </div>
        </Form>
      </>
    ),
  };
}
