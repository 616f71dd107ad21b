import { createCycle } from '../../../api/cycles/contract.ts';
import { listOrganisations } from '../../../api/organisations/contract.ts';
import { listStandardSets } from '../../../api/standard-sets/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Input } from '../../components/Input.tsx';
import { Select } from '../../components/Select.tsx';
import { daysAfter, londonOf, momentInLondon } from '../../dates.ts';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormError } from '../../form-errors.ts';
import { formPage, Redirect } from '../../page.tsx';
import { hrefOf } from './load-cycle.ts';
import { readSetVersion, setVersionItems } from './set-version.ts';

const OPEN_WEEKS = 6;
const LOOK_AGAIN_WEEKS = 12;

export const newCyclePage = formPage({
  path: '/console/cycles/new',
  roles: ['administrator'],
  load: async ({ api }) => {
    const query = { limit: '100' };
    const [organisations, sets] = await Promise.all([
      api.call(listOrganisations, { query }),
      api.call(listStandardSets, { query }),
    ]);
    return { organisations: organisations.body.items, sets: sets.body.items };
  },
  initial: (_, { person }) => {
    const own = person.organisationsAs('administrator');
    return Fields.of({ organisations: own.length === 1 ? own : [] });
  },
  labels: { title: 'Title', organisations: 'Organisations', standardSet: 'What people rate' },
  show: ({ visit, loaded, fields, errors }) => ({
    title: 'Set up a cycle',
    back: { href: '/console/cycles', text: 'Evaluation cycles' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Set up a cycle</h1>
        <p>
          This makes a draft, which only administrators of its organisations see. Everything can be
          changed until it opens.
        </p>
        <Form>
          <Input
            label="Title"
            hint="People see it first, such as How was your experience? Spring 2027"
            name="title"
            value={fields.raw('title')}
            errorMessage={errors.of('title')}
          />
          <Checkboxes
            legend="Organisations"
            hint="Whose services are evaluated"
            name="organisations"
            values={fields.all('organisations')}
            errorMessage={errors.of('organisations')}
            items={visit.person.organisationsAs('administrator').map((odsCode) => ({
              text: loaded.organisations.find((each) => each.odsCode === odsCode)?.name ?? odsCode,
              value: odsCode,
            }))}
          />
          <Select
            label="What people rate"
            hint="A published set of standards"
            name="standardSet"
            value={fields.raw('standardSet')}
            errorMessage={errors.of('standardSet')}
            items={[{ text: 'Select a set', value: '' }, ...setVersionItems(loaded.sets)]}
          />
          <Button preventDoubleClick>Make the draft</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, now }, fields) => {
    const errors: FormError[] = [];
    const standardSet = readSetVersion(fields.text('standardSet'));
    if (fields.text('title') === '') errors.push({ field: 'title', text: 'Enter a title' });
    if (fields.all('organisations').length === 0)
      errors.push({ field: 'organisations', text: 'Select at least one organisation' });
    if (standardSet === null)
      errors.push({ field: 'standardSet', text: 'Select the standards that people rate' });
    if (standardSet === null || errors.length > 0) return errors;
    const { body } = await api.call(createCycle, {
      body: {
        title: fields.text('title'),
        organisations: [...fields.all('organisations')],
        standardSet,
        ...usualCycle(now),
      },
    });
    return new Redirect(`${hrefOf(body)}?done=made`);
  },
});

/** What a draft begins with: each part of it is a task of its own, and can be changed there. */
function usualCycle(now: Date) {
  const opensOn = nextMonday(londonOf(now).day);
  const closesOn = daysAfter(opensOn, OPEN_WEEKS * 7);
  return {
    perspectives: ['service_user' as const, 'carer' as const],
    questions: [
      { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' as const },
      {
        code: 'could-improve',
        prompt: 'What could we do better?',
        polarity: 'could_improve' as const,
      },
    ],
    channels: ['trust' as const],
    opensAt: momentInLondon(opensOn, '09:00'),
    closesAt: momentInLondon(closesOn, '09:00'),
    lookAgainOn: daysAfter(closesOn, LOOK_AGAIN_WEEKS * 7),
  };
}

/** The first Monday after a day. */
function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return daysAfter(day, (8 - weekday) % 7 || 7);
}
