import type { Fields } from '../../fields.ts';
import type { FormError } from '../../form-errors.ts';
import { faultsOf, inOrder, moved, type Placed, renumbered } from './places.ts';

/** A theme in the form: with its place as a number, if what was typed is one. */
export interface RankedField extends Placed {
  why: string;
}

const PLACE = 'place.';

/** Themes of the form, in the order of the form. */
export function rankedFields(fields: Fields): RankedField[] {
  return fields
    .entries()
    .filter(([name]) => name.startsWith(PLACE))
    .map(([name]) => {
      const theme = name.slice(PLACE.length);
      const place = fields.wholeNumber(name);
      return {
        theme,
        place: place !== null && place > 0 ? place : null,
        why: fields.text(`why.${theme}`),
      };
    });
}

function withPlaces(fields: Fields, items: readonly Placed[]): Fields {
  return fields.with(
    Object.fromEntries(
      items.flatMap(({ theme, place }) =>
        place === null ? [] : [[`${PLACE}${theme}`, String(place)]],
      ),
    ),
  );
}

/** What a button other than "Save" asks for; null for "Save". */
export function afterAction(fields: Fields): Fields | null {
  const [action = '', about = ''] = fields.raw('action').split('.');
  const items = rankedFields(fields);
  if (action === 'sort') return withPlaces(fields, renumbered(items));
  if (action === 'up' || action === 'down') return withPlaces(fields, moved(items, about, action));
  if (action === 'add-dissent') return fields.withItem('dissent', ['text']);
  if (action === 'remove-dissent') return fields.withoutItem('dissent', Number(about));
  return null;
}

/** What is wrong with the ranking, and how to mend it. */
export function rankingErrors(fields: Fields): FormError[] {
  const items = rankedFields(fields);
  const unreadable = items
    .filter(({ theme, place }) => place === null && fields.text(`${PLACE}${theme}`) !== '')
    .map(({ theme }) => ({
      field: `${PLACE}${theme}`,
      text: 'Enter a place as a number, such as 1, or leave it empty',
    }));
  if (unreadable.length > 0) return unreadable;
  if (items.every(({ place }) => place === null))
    return [{ field: 'ranking', text: 'Give at least one theme a place: 1 is the most urgent' }];
  const { repeated, missing } = faultsOf(items);
  const errors = repeated.map(({ theme, place }) => ({
    field: `${PLACE}${theme}`,
    text: `Place ${place} is given twice. Enter another place, or select Put in order to number them as they stand`,
  }));
  if (errors.length > 0 || missing === null) return errors;
  return [
    {
      field: 'ranking',
      text: `No theme has place ${missing}. Enter places without gaps, or select Put in order to close them`,
    },
  ];
}

/** The ranking as the API takes it. */
export function rankingOf(fields: Fields): { theme: string; rationale: string | null }[] {
  return inOrder(rankedFields(fields))
    .filter(({ place }) => place !== null)
    .map(({ theme, why }) => ({ theme, rationale: why || null }));
}
