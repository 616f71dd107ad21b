import { describe, expect, it } from 'vitest';
import { Fields } from '../../admin/fields.ts';

describe('rows of a form', () => {
  const texts = (fields: Fields) => fields.items('rows').map((item) => item.raw('text'));
  const three = Fields.of({
    title: 'x',
    'rows.0.text': 'one',
    'rows.1.text': 'two',
    'rows.2.text': 'three',
  });

  it('get one more at the end, and keep what is typed', () => {
    expect(texts(three.withItem('rows', ['text', 'on']))).toEqual(['one', 'two', 'three', '']);
    expect(texts(Fields.of({}).withItem('rows', ['text']))).toEqual(['']);
  });

  it('lose the one that is taken out, and those after it move up', () => {
    const two = three.withoutItem('rows', 1);
    expect(two.entries()).toEqual([
      ['title', 'x'],
      ['rows.0.text', 'one'],
      ['rows.1.text', 'three'],
    ]);
    expect(texts(three.withoutItem('rows', 7))).toEqual(['one', 'two', 'three']);
  });
});
