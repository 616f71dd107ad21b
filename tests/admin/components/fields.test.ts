import { raw } from 'hono/html';
import { CharacterCount } from '../../../admin/components/CharacterCount.tsx';
import { Checkboxes } from '../../../admin/components/Checkboxes.tsx';
import { DateInput } from '../../../admin/components/DateInput.tsx';
import { ErrorMessage } from '../../../admin/components/ErrorMessage.tsx';
import { Fieldset, Legend } from '../../../admin/components/Fieldset.tsx';
import { Hint } from '../../../admin/components/Hint.tsx';
import { Input } from '../../../admin/components/Input.tsx';
import { Label } from '../../../admin/components/Label.tsx';
import { Radios } from '../../../admin/components/Radios.tsx';
import { Select } from '../../../admin/components/Select.tsx';
import { Textarea } from '../../../admin/components/Textarea.tsx';
import {
  bodyOf,
  content,
  errorOf,
  itRendersAsThePackage,
  labelOf,
  type Options,
} from '../support/fixtures.ts';

const noPlacement: [RegExp, string] = [/caption "(after|before)"/, 'captions stand inside, above'];
const headingId: [RegExp, string] = [/id attribute on heading/, 'nothing links to a heading'];
const bareError: [RegExp, string] = [/^with error only/, 'an error always says what is wrong'];

/** What all fields have in common. */
const field = (context: Options) => ({
  ...context,
  label: labelOf(context.label),
  hint: content(context.hint),
  errorMessage: errorOf(context),
  afterInput: content(context.formGroup?.afterInput),
});

itRendersAsThePackage('hint', (context, block) => Hint({ children: bodyOf(context, block) }));

itRendersAsThePackage('error-message', (context, block) =>
  ErrorMessage({
    children: bodyOf(context, block),
    visuallyHiddenText: context.visuallyHiddenText === false ? '' : context.visuallyHiddenText,
  }),
);

itRendersAsThePackage(
  'label',
  (context, block) => {
    const label = labelOf(context);
    return Label({ label: block === undefined ? label : { ...label, text: raw(block) } });
  },
  [noPlacement, headingId, [/size class overriding/, 'the size is given once']],
);

itRendersAsThePackage(
  'legend',
  (context, block) => {
    const legend = labelOf(context);
    return Legend({ legend: block === undefined ? legend : { ...legend, text: raw(block) } });
  },
  [noPlacement, headingId, [/size class overriding/, 'the size is given once']],
);

itRendersAsThePackage('fieldset', (context, block) =>
  Fieldset({
    legend: context.legend && labelOf(context.legend),
    children: block === undefined ? content({ html: context.html ?? '' }) : raw(block),
  }),
);

itRendersAsThePackage(
  'input',
  (context) => {
    const inWords = { prefix: content(context.prefix), suffix: content(context.suffix) };
    return Input({ ...field(context), ...inWords, width: context.width && Number(context.width) });
  },
  [bareError, [/width class overriding/, 'the width is given once']],
);

itRendersAsThePackage('textarea', (context) => Textarea(field(context)), [bareError]);

itRendersAsThePackage(
  'character-count',
  (context) => CharacterCount({ ...field(context), maxlength: context.maxlength }),
  [
    bareError,
    [/to configure in JavaScript|^with neither/, 'a field without a limit is a text area'],
    [/translations/, 'the console is in English'],
  ],
);

itRendersAsThePackage('select', (context) => Select(field(context)), [bareError]);

const choices = (context: Options) => ({
  ...context,
  legend: context.fieldset?.legend && labelOf(context.fieldset.legend),
  hint: content(context.hint),
  errorMessage: errorOf(context),
  items: context.items.map(
    (item: Options) =>
      item && {
        ...item,
        text: content(item.label) ?? content(item),
        hint: content(item.hint),
        conditional: content(item.conditional),
        behaviour: item.exclusive ? 'exclusive' : item.behaviour,
        behaviourGroup: item.exclusiveGroup ?? item.behaviourGroup,
      },
  ),
});

itRendersAsThePackage('radios', (context) => Radios(choices(context)), [bareError]);

itRendersAsThePackage('checkboxes', (context) => Checkboxes(choices(context)), [
  bareError,
  [/"all" option/, 'nothing in the console chooses all at once'],
]);

const parts = ['day', 'month', 'year'] as const;

itRendersAsThePackage(
  'date-input',
  (context) => {
    const items: Options[] = (context.items ?? parts.map((name) => context[name] ?? {}))
      .map((item: Options, index: number) => item && { name: parts[index], ...item })
      .filter(Boolean);
    const each = (of: (item: Options) => unknown) =>
      Object.fromEntries(items.map((item) => [item.name, of(item)]));
    return DateInput({
      ...context,
      name: context.id,
      legend: labelOf(context.fieldset.legend),
      hint: content(context.hint),
      errorMessage: errorOf(context),
      parts: items.map(({ name }) => name),
      names: each(({ name }) =>
        context.namePrefix ? `${context.namePrefix}[${name}]` : name,
      ) as never,
      values: each(({ name, value }) => value ?? context.values?.[name]) as never,
      errorParts: items.filter(({ error }) => error).map(({ name }) => name),
      autocomplete: each(({ autocomplete }) => autocomplete) as never,
    });
  },
  [
    bareError,
    [/translations/, 'the console is in English'],
    [/disabled input|disabled with enabled input/, 'a date is asked for as a whole'],
  ],
);
