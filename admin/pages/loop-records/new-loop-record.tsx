import { listCycles } from '../../../api/cycles/contract.ts';
import { createLoopRecord } from '../../../api/loop-records/contract.ts';
import { Button } from '../../components/Button.tsx';
import { CharacterCount } from '../../components/CharacterCount.tsx';
import { Input } from '../../components/Input.tsx';
import { Radios } from '../../components/Radios.tsx';
import { Select } from '../../components/Select.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormError } from '../../form-errors.ts';
import { formPage, Redirect } from '../../page.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { recordHref } from './own-record.ts';

export const newLoopRecordPage = formPage({
  path: '/console/loop-records/new',
  roles: ['publisher'],
  load: async ({ api, person }) => {
    const own = person.organisationsAs('publisher');
    const { body } = await api.call(listCycles, {
      query: { organisation: own.length === 1 ? own[0] : undefined, limit: '100' },
    });
    return body.items.filter(({ organisations }) =>
      organisations.some((odsCode) => own.includes(odsCode)),
    );
  },
  initial: (_, { person, query }) => {
    const own = person.organisationsAs('publisher');
    return Fields.of({
      organisation: own.length === 1 ? own[0] : query.get('organisation'),
      cycle: query.get('cycle'),
    });
  },
  labels: {
    organisation: 'Organisation',
    cycle: 'Cycle',
    title: 'Title',
    'youSaid.text': 'What people said',
  },
  show: ({ visit, loaded: cycles, fields, errors }) => {
    const own = visit.person.organisationsAs('publisher');
    return {
      title: 'What did people say?',
      back: { href: '/console/loop-records', text: 'You said, we did' },
      body: (
        <>
          <h1 class="nhsuk-heading-l">What did people say?</h1>
          <UrgentHelp />
          <p>
            This makes a draft that only staff of the organisation see. Nobody else reads it before
            you publish it.
          </p>
          <Form hidden={own.length === 1 ? { organisation: own[0] ?? null } : {}}>
            {own.length > 1 && (
              <Radios
                legend={{ text: 'Organisation', size: 's' }}
                name="organisation"
                value={fields.raw('organisation')}
                errorMessage={errors.of('organisation')}
                items={own.map((odsCode) => ({ text: odsCode, value: odsCode }))}
              />
            )}
            <Select
              label={{ text: 'Cycle', size: 's' }}
              hint="The evaluation in which people said it. It cannot be changed once the record is published."
              name="cycle"
              value={fields.raw('cycle')}
              errorMessage={errors.of('cycle')}
              items={[
                { text: 'People said it at another time', value: '' },
                ...cycles.map(({ id, title }) => ({ text: title, value: id })),
              ]}
            />
            <Input
              label={{ text: 'Title', size: 's' }}
              hint="A few words that people would use themselves, such as Somewhere quiet to sit"
              name="title"
              value={fields.raw('title')}
              errorMessage={errors.of('title')}
            />
            <CharacterCount
              label={{ text: 'What people said', size: 's' }}
              hint="Sum it up in plain words. Nothing may tell who somebody is: no names, no dates of birth, no stories that others would recognise."
              name="youSaid.text"
              maxlength={4000}
              threshold={75}
              value={fields.raw('youSaid.text')}
              errorMessage={errors.of('youSaid.text')}
            />
            <Button preventDoubleClick>Save draft and continue</Button>
          </Form>
        </>
      ),
    };
  },
  save: async ({ api, person }, fields) => {
    const errors: FormError[] = [];
    const organisation = fields.text('organisation');
    if (!person.organisationsAs('publisher').includes(organisation))
      errors.push({ field: 'organisation', text: 'Select the organisation that answers' });
    if (fields.text('title') === '') errors.push({ field: 'title', text: 'Enter a title' });
    if (fields.text('youSaid.text') === '')
      errors.push({ field: 'youSaid.text', text: 'Enter what people said' });
    if (errors.length > 0) return errors;
    const { body } = await api.call(createLoopRecord, {
      body: {
        organisation,
        cycle: fields.textOrNull('cycle'),
        title: fields.text('title'),
        youSaid: { text: fields.text('youSaid.text') },
        // Nothing is promised before somebody says what.
        weDid: { status: 'considering' },
      },
    });
    return new Redirect(recordHref(body.id, '/we-did'));
  },
});
