import { CharacterCount } from '../../components/CharacterCount.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Input } from '../../components/Input.tsx';
import { Radios } from '../../components/Radios.tsx';
import type { Fields } from '../../fields.ts';
import type { FormError, FormErrors } from '../../form-errors.ts';
import type { Category, CycleWords } from '../../remembered.ts';
import type { Theme } from './theme-words.tsx';

/** What the fields of a theme are called in errors. */
export const themeLabels = {
  title: 'Title',
  description: 'Description',
  enquiryCategory: 'What it is about',
  standards: 'Standards',
};

const MAX_DESCRIPTION = 2000;

export function ThemeFields({
  fields,
  errors,
  categories,
  cycle,
}: {
  fields: Fields;
  errors: FormErrors;
  categories: readonly Category[];
  cycle: CycleWords;
}) {
  return (
    <>
      <Input
        label={{ text: 'Title', size: 's' }}
        hint="In plain words, as people would say it, such as There is nowhere quiet to sit"
        name="title"
        value={fields.raw('title')}
        errorMessage={errors.of('title')}
      />
      <CharacterCount
        label={{ text: 'Description (optional)', size: 's' }}
        hint="What people said about it, so that nobody can tell who said it"
        name="description"
        rows={4}
        maxlength={MAX_DESCRIPTION}
        value={fields.raw('description')}
        errorMessage={errors.of('description')}
      />
      <Radios
        legend={{ text: 'What it is about', size: 's' }}
        name="enquiryCategory"
        value={fields.raw('enquiryCategory')}
        errorMessage={errors.of('enquiryCategory')}
        items={categories.map(({ code, title, description }) => ({
          text: title,
          value: code,
          hint: description,
        }))}
      />
      <Checkboxes
        legend={{ text: 'Standards it touches (optional)', size: 's' }}
        name="standards"
        small
        values={fields.all('standards')}
        errorMessage={errors.of('standards')}
        items={cycle.standards.map(({ code, title }) => ({ text: title, value: code }))}
      />
    </>
  );
}

/** A theme's own words for its fields. */
export function fieldsOf({ title, description, enquiryCategory, standards }: Theme) {
  return { title, description, enquiryCategory, standards };
}

/** What was typed, as the API takes it; or what is missing. */
export function readThemeFields(fields: Fields):
  | { errors: readonly FormError[] }
  | {
      content: {
        title: string;
        description: string | null;
        enquiryCategory: string;
        standards: string[];
      };
    } {
  const errors: FormError[] = [];
  if (fields.text('title') === '') errors.push({ field: 'title', text: 'Enter a title' });
  if (fields.text('enquiryCategory') === '')
    errors.push({ field: 'enquiryCategory', text: 'Select what it is about' });
  if (errors.length > 0) return { errors };
  return {
    content: {
      title: fields.text('title'),
      description: fields.textOrNull('description'),
      enquiryCategory: fields.text('enquiryCategory'),
      standards: [...fields.all('standards')],
    },
  };
}
