import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Input } from '../../components/Input.tsx';
import type { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { hrefWith, type Place } from '../../moderator-place.tsx';
import { countWords } from '../../words.ts';
import { stateOf, stateWords, type Theme, withWords } from './theme-words.tsx';
import { type Walk, walkQuery } from './walk.ts';
import type { Text } from './words-of-people.tsx';

/** Themes with the words that are looked for; those that are ticked stay, and stand first. */
function offeredOf(themes: readonly Theme[], words: string, ticked: readonly string[]): Theme[] {
  const found = withWords(themes, words);
  const isTicked = ({ id }: Theme) => ticked.includes(id);
  return [
    ...themes.filter(isTicked),
    ...found
      .filter((theme) => !isTicked(theme))
      .sort((one, other) => one.title.localeCompare(other.title, 'en-GB')),
  ];
}

/** Keys there are for themes. */
const KEYS = 9;

export function AssignForm({
  text,
  place,
  walk,
  fields,
  themes,
  hasMore,
  shortcuts,
}: {
  text: Text;
  place: Place;
  walk: Walk;
  fields: Fields;
  themes: readonly Theme[];
  hasMore: boolean;
  shortcuts: boolean;
}) {
  const words = fields.raw('words').trim();
  const ticked = fields.all('themes');
  const offered = offeredOf(themes, words, ticked);
  const create = hrefWith('/console/themes/new', { ...place, ...walkQuery(walk), text: text.id });
  const left = walk.following.length;
  // A theme that the text is in and the list does not tell, such as the hundred-and-first, stays as it is.
  const unknown = text.themes.filter((id) => !offered.some((theme) => theme.id === id));
  return (
    <Form hidden={{ before: text.themes.join(' ') }}>
      {unknown.map((id) => (
        <input type="hidden" name="themes" value={id} />
      ))}
      <div class="fc-filter">
        <Input
          label="Find a theme by words in its title"
          name="words"
          type="search"
          value={fields.raw('words')}
        />
        <Button variant="secondary" small name="action" value="search">
          Search
        </Button>
      </div>
      {hasMore && (
        <p>There are more than 100 themes in this cycle: only the first 100 are offered here.</p>
      )}
      {words !== '' && offered.every(({ id }) => ticked.includes(id)) && (
        <p>No other theme has these words. Try fewer or other words.</p>
      )}
      {offered.length > 0 && (
        <Checkboxes
          legend={{ text: 'Themes', size: 's' }}
          hint="Tick all that it speaks of, or none."
          name="themes"
          values={ticked}
          items={offered.map((theme, index) => ({
            value: theme.id,
            text: theme.title,
            hint: hintOf(theme, index),
            ...(index < KEYS && { attributes: { 'data-shortcut': String(index + 1) } }),
          }))}
        />
      )}
      <p>
        <a href={create}>Write a new theme from this text</a>, which comes back here. Save first
        what you ticked.
      </p>
      <Button name="action" value="save" preventDoubleClick attributes={{ 'data-shortcut': 's' }}>
        {walk.theme === null ? 'Save and next' : 'Save'}
      </Button>
      {left > 0 && <p class="nhsuk-hint">{countWords(left, 'more text')} on this page of texts</p>}
      <div class="fc-needs-script">
        <Checkboxes
          name="keys"
          small
          values={shortcuts ? ['on'] : []}
          items={[
            {
              value: 'on',
              text: 'Use keys: 1 to 9 tick the first nine themes, S saves',
              attributes: { 'data-shortcuts-switch': '' },
            },
          ]}
        />
      </div>
    </Form>
  );
}

function hintOf(theme: Theme, index: number) {
  const state = stateWords[stateOf(theme)];
  if (index >= KEYS) return state;
  return (
    <>
      {state}
      <span class="fc-needs-script">, key {index + 1}</span>
    </>
  );
}
