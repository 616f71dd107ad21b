import { getCycle } from '../../../api/cycles/contract.ts';
import { listOrganisations } from '../../../api/organisations/contract.ts';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { setUpPage } from './set-up-page.tsx';

const title = 'Which organisations are evaluated?';

export const setOrganisationsPage = setUpPage({
  task: 'organisations',
  title,
  labels: { organisations: 'Organisations' },
  load: async ({ api }) => {
    const { body } = await api.call(listOrganisations, { query: { limit: '100' } });
    return new Map(body.items.map(({ odsCode, name }) => [odsCode, name]));
  },
  initial: (cycle) => ({ organisations: cycle.organisations }),
  show: ({ visit, more, fields, errors }) => (
    <Checkboxes
      legend={{ text: title, size: 'l', headingLevel: 1 }}
      hint="Those of which you are an administrator. Teams, wards and services of an organisation that you take out are taken out too."
      name="organisations"
      values={fields.all('organisations')}
      errorMessage={errors.of('organisations')}
      items={visit.person
        .organisationsAs('administrator')
        .map((odsCode) => ({ text: more.get(odsCode) ?? odsCode, value: odsCode }))}
    />
  ),
  read: async (fields, { api, params }) => {
    const organisations = [...fields.all('organisations')];
    if (organisations.length === 0)
      return [{ field: 'organisations', text: 'Select at least one organisation' }];
    const { body } = await api.call(getCycle, { params: { cycleId: params.cycleId ?? '' } });
    const services = body.services.filter(({ odsCode }) => organisations.includes(odsCode));
    return { organisations, services };
  },
});
