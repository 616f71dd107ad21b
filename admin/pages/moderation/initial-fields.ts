import { Fields } from '../../fields.ts';
import { REVISES } from './decide.ts';
import { initialReasons } from './reasons.ts';
import type { Text } from './text-shown.tsx';

/** What the fields of a decision on a text begin with: no decision, and the usual reasons. */
export function initialFields({ decision }: Pick<Text, 'decision'>): Fields {
  return Fields.of({ ...initialReasons, [REVISES]: decision });
}
