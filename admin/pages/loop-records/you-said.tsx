import { changeLoopRecord } from '../../../api/loop-records/contract.ts';
import { listEnquiryCategories } from '../../../api/vocabularies/contract.ts';
import {
  type EnquiryCategory,
  type Perspective,
  perspectives,
  type Strength,
  strengths,
} from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { CharacterCount } from '../../components/CharacterCount.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Input } from '../../components/Input.tsx';
import { Radios } from '../../components/Radios.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormError } from '../../form-errors.ts';
import { formPage, Redirect } from '../../page.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { perspectiveWords, strengthWords } from '../../words.ts';
import { backTo, ownRecord, recordHref, versionFor, versionOf } from './own-record.ts';

export const youSaidPage = formPage({
  path: '/console/loop-records/:loopRecordId/you-said',
  roles: ['publisher'],
  load: async (visit) => {
    const [own, { body }] = await Promise.all([
      ownRecord(visit),
      visit.api.call(listEnquiryCategories),
    ]);
    return { ...own, categories: body.items };
  },
  initial: ({ record: { title, youSaid } }) =>
    Fields.of({
      title,
      'youSaid.text': youSaid.text,
      'youSaid.theme': youSaid.theme,
      'youSaid.enquiryCategory': youSaid.enquiryCategory ?? '',
      'youSaid.perspectives': youSaid.perspectives,
      'youSaid.strength': youSaid.strength ?? '',
    }),
  labels: {
    title: 'Title',
    'youSaid.text': 'What people said',
    'youSaid.theme': 'What it is about',
    'youSaid.enquiryCategory': 'Which part of people’s experience',
    'youSaid.perspectives': 'Who said it',
    'youSaid.strength': 'How many said it',
  },
  show: ({ loaded, fields, errors }) => ({
    title: 'Change what people said',
    back: backTo(loaded),
    body: (
      <>
        <h1 class="nhsuk-heading-l">Change what people said</h1>
        <UrgentHelp />
        <Form hidden={versionFor(fields, errors, loaded)}>
          <Input
            label={{ text: 'Title', size: 's' }}
            hint="A few words that people would use themselves, such as Somewhere quiet to sit"
            name="title"
            value={fields.raw('title')}
            errorMessage={errors.of('title')}
          />
          <CharacterCount
            label={{ text: 'What people said', size: 's' }}
            hint="Nothing may tell who somebody is: no names, no dates of birth, no stories that others would recognise."
            name="youSaid.text"
            maxlength={4000}
            threshold={75}
            value={fields.raw('youSaid.text')}
            errorMessage={errors.of('youSaid.text')}
          />
          <Input
            label={{ text: 'What it is about (optional)', size: 's' }}
            hint="In a few words of your own, such as A quiet place"
            name="youSaid.theme"
            value={fields.raw('youSaid.theme')}
            errorMessage={errors.of('youSaid.theme')}
          />
          <Radios
            legend={{ text: 'Which part of people’s experience is it about?', size: 's' }}
            name="youSaid.enquiryCategory"
            value={fields.raw('youSaid.enquiryCategory')}
            errorMessage={errors.of('youSaid.enquiryCategory')}
            items={[
              ...loaded.categories.map(({ code, title, description }) => ({
                text: title,
                value: code,
                hint: description,
              })),
              { divider: 'or' },
              { text: 'None of these, or several', value: '' },
            ]}
          />
          <Checkboxes
            legend={{ text: 'Who said it? (optional)', size: 's' }}
            hint="Leave out groups so small that people would know who is meant."
            name="youSaid.perspectives"
            values={fields.all('youSaid.perspectives')}
            errorMessage={errors.of('youSaid.perspectives')}
            items={perspectives.map((each) => ({ text: perspectiveWords[each], value: each }))}
          />
          <Radios
            legend={{ text: 'How many said it?', size: 's' }}
            name="youSaid.strength"
            value={fields.raw('youSaid.strength')}
            errorMessage={errors.of('youSaid.strength')}
            items={[
              ...strengths.map((each) => ({ text: strengthWords[each], value: each })),
              { divider: 'or' },
              { text: 'I do not want to say', value: '' },
            ]}
          />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params }, fields) => {
    const errors: FormError[] = [];
    if (fields.text('title') === '') errors.push({ field: 'title', text: 'Enter a title' });
    if (fields.text('youSaid.text') === '')
      errors.push({ field: 'youSaid.text', text: 'Enter what people said' });
    if (errors.length > 0) return errors;
    const loopRecordId = params.loopRecordId ?? '';
    await api.call(changeLoopRecord, {
      params: { loopRecordId },
      version: versionOf(fields),
      body: {
        title: fields.text('title'),
        youSaid: {
          text: fields.text('youSaid.text'),
          theme: fields.textOrNull('youSaid.theme'),
          enquiryCategory: fields.textOrNull('youSaid.enquiryCategory') as EnquiryCategory | null,
          perspectives: [...fields.all('youSaid.perspectives')] as Perspective[],
          strength: fields.textOrNull('youSaid.strength') as Strength | null,
        },
      },
    });
    return new Redirect(recordHref(loopRecordId, '?done=saved'));
  },
});
