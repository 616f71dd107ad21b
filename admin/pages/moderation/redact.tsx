import { wordsOf } from '../../../domain/words.ts';
import { Fields } from '../../fields.ts';
import { formPage, type View, type Visit } from '../../page.tsx';
import { decideAndGoOn, fieldOf, goOn, labels } from './decide.ts';
import { choicesFor } from './decision-form.tsx';
import { initialFields } from './initial-fields.ts';
import { placeOf, textHref } from './place.ts';
import { quickerView } from './quicker.tsx';
import { reasonOf } from './reasons.ts';
import { checkRedaction } from './redact-check.tsx';
import { markWords } from './redact-words.tsx';
import { chosenIn, fingerprintOf, likelyWords, rangesOf, SEEN, STEP, WORD } from './redaction.ts';
import { backFrom, loadText } from './text.tsx';
import type { Text } from './text-shown.tsx';

/** A text with what tells it from another. */
async function load(visit: Visit) {
  const text = await loadText(visit);
  return { text, seen: await fingerprintOf(text.text) };
}

/** Takes words out of a text: they are marked, then what is left is shown, then it is done. */
export const redactText = formPage({
  path: '/console/moderation/texts/:textId/redact',
  roles: ['moderator'],
  labels,
  fieldOf,
  load,
  initial: ({ text, seen }) =>
    Fields.of({
      ...Object.fromEntries(initialFields(text).entries()),
      [WORD]: likelyWords(wordsOf(text.text), text.highlights),
      [SEEN]: seen,
    }),
  show: (shown) => {
    const { visit, loaded, fields } = shown;
    const quicker = quickerView(visit, loaded.text);
    if (quicker) return quicker;
    if (!choicesFor(loaded.text).includes('redact')) return cannot(visit, loaded.text);
    return fields.raw(STEP) === 'check' ? checkRedaction(shown) : markWords(shown);
  },
  save: async (visit, fields) => {
    if (fields.raw(STEP) === 'mark') return fields;
    const chosen = chosenIn(fields);
    if (chosen.size === 0) return [{ field: WORD, text: 'Mark at least one word to take out' }];
    const reason = reasonOf(fields, 'redact');
    if (typeof reason !== 'string') return reason;
    if (fields.raw(STEP) !== 'do') return fields.with({ [STEP]: 'check' });
    const { text, seen } = await load(visit);
    // Words that were marked in another text than the one that is there now: somebody else was quicker.
    if (seen !== fields.raw(SEEN)) return goOn(placeOf(visit), { did: 'other' });
    const ranges = rangesOf(text.text, chosen);
    return decideAndGoOn(visit, fields, placeOf(visit), { decision: 'redact', reason, ranges });
  },
});

/** For a question under which nothing is published, and for a text that was kept from others since. */
function cannot(visit: Visit, text: Text): View {
  return {
    title: 'Nothing can be taken out here',
    back: backFrom(visit),
    body: (
      <>
        <h1 class="nhsuk-heading-l">Nothing can be taken out here</h1>
        <p>
          {text.publication === 'private'
            ? 'People were promised that nothing of this is published, so that there is no need to take words out.'
            : 'Somebody has decided on this text already, and it is shown to nobody.'}
        </p>
        <p>
          <a href={textHref(text.id, placeOf(visit))}>See what can be decided</a>
        </p>
      </>
    ),
  };
}
