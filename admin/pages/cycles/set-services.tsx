import { getCycle } from '../../../api/cycles/contract.ts';
import { codeOf } from '../../code-of.ts';
import { Textarea } from '../../components/Textarea.tsx';
import type { Cycle } from './load-cycle.ts';
import { setUpPage } from './set-up-page.tsx';

const title = 'Which teams, wards and services can people name?';

export const setServicesPage = setUpPage({
  task: 'services',
  title,
  labels: { services: 'Teams, wards and services' },
  // A place in the list says nothing to whoever wrote lines: it belongs to the field of the first organisation.
  fieldOf: (place) => (place.startsWith('services') ? 'services' : place),
  initial: (cycle) =>
    Object.fromEntries(
      cycle.organisations.map((odsCode) => [
        `names-${odsCode}`,
        servicesOf(cycle, odsCode)
          .map(({ name }) => name)
          .join('\n'),
      ]),
    ),
  show: ({ cycle, fields, errors }) => (
    <>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        People may say which one they speak about. Use the names that they know, not those of the
        organisation chart. Leave it empty to ask about the organisation as a whole.
      </p>
      <p>
        A small team may be too small to be shown by itself: people are counted for the organisation
        all the same.
      </p>
      {cycle.organisationNames.map(({ odsCode, name }, index) => (
        <Textarea
          label={{ text: name, size: 'm' }}
          hint="One a line"
          id={index === 0 ? 'services' : `services-${odsCode}`}
          name={`names-${odsCode}`}
          rows={8}
          value={fields.raw(`names-${odsCode}`)}
          errorMessage={index === 0 ? errors.of('services') : undefined}
        />
      ))}
    </>
  ),
  read: async (fields, { api, params }) => {
    const { body } = await api.call(getCycle, { params: { cycleId: params.cycleId ?? '' } });
    const services = body.organisations.flatMap((odsCode) =>
      readServices(fields.raw(`names-${odsCode}`), odsCode, servicesOf(body, odsCode)),
    );
    return { services };
  },
});

function servicesOf({ services }: Cycle, odsCode: string) {
  return services.filter((service) => service.odsCode === odsCode);
}

/** Lines as services. Whichever was there before keeps its code, by which systems name it; a line that comes twice is one. */
function readServices(text: string, odsCode: string, before: Cycle['services']) {
  const names = new Set(text.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' ')));
  names.delete('');
  const codes = new Map(before.map(({ name, code }) => [name, code]));
  const taken = new Set(codes.values());
  return [...names].map((name) => ({
    odsCode,
    name,
    code: codes.get(name) ?? codeOf(name, taken, 'service'),
  }));
}
