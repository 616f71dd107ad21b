import { listModerationTexts } from '../../../api/moderation/contract.ts';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import type { Fields } from '../../fields.ts';
import type { FormErrors } from '../../form-errors.ts';
import type { Visit } from '../../page.tsx';
import { excerptOf, type Text } from './words-of-people.tsx';

/** As many as can be read on one page. */
const OFFERED = 50;

/** The texts of the theme of a page's path, to choose from. */
export async function loadTextsOfTheme({ api, params }: Visit) {
  const { body } = await api.call(listModerationTexts, {
    query: { theme: params.themeId ?? '', state: 'decided', limit: String(OFFERED) },
  });
  return { texts: body.items, hasMore: body.next !== null };
}

export function ChooseTexts({
  legend,
  hint,
  name,
  texts,
  hasMore,
  fields,
  errors,
}: {
  legend: string;
  hint: string;
  name: string;
  texts: readonly Text[];
  hasMore: boolean;
  fields: Fields;
  errors: FormErrors;
}) {
  return (
    <>
      {hasMore && <p>The theme has more texts: the first {OFFERED} are offered here.</p>}
      <Checkboxes
        legend={{ text: legend, size: 's' }}
        hint={hint}
        name={name}
        values={fields.all(name)}
        errorMessage={errors.of(name)}
        items={texts.map((text) => ({
          value: text.id,
          text: <span class="fc-text">{excerptOf(text.text)}</span>,
          hint: text.prompt,
        }))}
      />
    </>
  );
}
