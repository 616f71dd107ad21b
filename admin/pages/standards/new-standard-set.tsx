import { createStandardSet } from '../../../api/standard-sets/contract.ts';
import { codeOf } from '../../code-of.ts';
import { Button } from '../../components/Button.tsx';
import { Radios } from '../../components/Radios.tsx';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import {
  contentOf,
  fieldOfVersion,
  fieldsOfVersion,
  rearranged,
  VersionFields,
  versionLabels,
} from './version-fields.tsx';
import { versionHref } from './version-words.tsx';

/** A scale that most people know. */
const usualScale = {
  min: 1,
  max: 5,
  labels: ['Not at all', 'A little', 'Partly', 'Mostly', 'Fully'],
};

export const newStandardSet = formPage({
  path: '/console/standards/new',
  roles: ['administrator'],
  load: async () => null,
  initial: (_, { person }) =>
    fieldsOfVersion({
      title: '',
      standards: [{ code: '', title: '', statement: '' }],
      scale: usualScale,
      coProducedBy: [],
      dissent: [],
      changes: null,
      source: null,
      licence: null,
      attribution: null,
    }).with({ organisation: person.organisationsAs('administrator')[0] ?? '' }),
  labels: { ...versionLabels, organisation: 'Organisation', id: 'Name of the set' },
  fieldOf: (place) => (place === 'id' ? 'title' : fieldOfVersion(place)),
  show: ({ visit, fields, errors }) => ({
    title: 'Write a new set of standards',
    back: { href: '/console/standards', text: 'Standards' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Write a new set of standards</h1>
        <p>
          Standards hold when those whom they are about have written them. This makes a draft, which
          only administrators of your organisation see until it is published.
        </p>
        <Form>
          <Radios
            legend="Which organisation looks after it?"
            name="organisation"
            value={fields.raw('organisation')}
            errorMessage={errors.of('organisation')}
            items={visit.person
              .organisationsAs('administrator')
              .map((odsCode) => ({ text: odsCode, value: odsCode }))}
          />
          <VersionFields fields={fields} errors={errors} />
          <Button preventDoubleClick>Save the draft</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api }, fields) => {
    const again = rearranged(fields);
    if (again !== null) return again;
    const content = contentOf(fields);
    if (!('title' in content)) return content;
    const id = codeOf(content.title, new Set(), 'standards');
    const { body } = await api.call(createStandardSet, {
      body: { id, organisation: fields.text('organisation'), ...content },
    });
    return new Redirect(`${versionHref(body.id, body.version)}?done=drafted`);
  },
});
