import { wordsOf } from '../../../domain/words.ts';
import { Button } from '../../components/Button.tsx';
import { Fieldset } from '../../components/Fieldset.tsx';
import { describedByNotes, FieldNotesOf, FormGroup } from '../../components/FormGroup.tsx';
import { Form } from '../../form.tsx';
import type { FormShown, View } from '../../page.tsx';
import { REVISES } from './decide.ts';
import { ToldFirst } from './guidance.tsx';
import { placeOf, textHref } from './place.ts';
import { OwnReason, ReadyReasons } from './reason-fields.tsx';
import { chosenIn, findingIn, SEEN, WORD } from './redaction.ts';
import { Help, type Text, WhereFrom } from './text-shown.tsx';

const hint =
  'Choose each word, or drag over several. With the keyboard, go from word to word with the arrow keys, and hold Shift to mark what you pass. Words right behind each other become one [redacted].';

/** The first step: the words of the text as boxes to tick, likely ones ticked. */
export function markWords({
  visit,
  loaded: { text },
  fields,
  errors,
}: FormShown<{ text: Text }>): View {
  const error = errors.of(WORD);
  return {
    title: 'Which words should go?',
    back: { href: textHref(text.id, placeOf(visit)), text: 'Decide something else' },
    body: (
      <>
        <Help isOpen={text.safeguarding} />
        <Form hidden={{ [REVISES]: fields.raw(REVISES), [SEEN]: fields.raw(SEEN) }}>
          <FormGroup hasError={error !== undefined}>
            <Fieldset
              legend={{ text: 'Which words should go?', size: 'l', headingLevel: 1 }}
              describedBy={describedByNotes(WORD, { hint, errorMessage: error })}
            >
              <WhereFrom text={text} />
              {text.safeguarding && <ToldFirst />}
              <FieldNotesOf id={WORD} hint={hint} errorMessage={error} />
              <p>
                <a href="#why">Go past the words</a>
              </p>
              <Words text={text} chosen={chosenIn(fields)} />
            </Fieldset>
          </FormGroup>
          <div id="why" tabindex={-1}>
            <ReadyReasons decision="redact" fields={fields} errors={errors} />
          </div>
          <OwnReason fields={fields} errors={errors} />
          <Button>See what is left</Button>
        </Form>
      </>
    ),
  };
}

/** A text whose words are boxes in labels. As short as it can be written: a long text has hundreds of words. */
function Words({ text, chosen }: { text: Text; chosen: ReadonlySet<string> }) {
  const characters = [...text.text];
  const between = (start: number, end?: number) => characters.slice(start, end).join('');
  const words = wordsOf(text.text);
  return (
    <div class="fc-words" data-module="fc-words">
      {words.map((word, index) => (
        <>
          {between(words[index - 1]?.end ?? 0, word.start)}
          <label class={findingIn(word, text.highlights) && 'fc-finding'}>
            <input
              type="checkbox"
              name={WORD}
              value={index}
              id={index === 0 ? WORD : undefined}
              checked={chosen.has(String(index))}
            />
            {word.text}
          </label>
        </>
      ))}
      {between(words.at(-1)?.end ?? 0)}
    </div>
  );
}
