import { getCycle } from '../../../api/cycles/contract.ts';
import { changeLoopRecord } from '../../../api/loop-records/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { backTo, ownRecord, recordHref, versionFor, versionOf } from './own-record.ts';

const FIELD = 'youSaid.standards';

export const standardsOfRecordPage = formPage({
  path: '/console/loop-records/:loopRecordId/standards',
  roles: ['publisher'],
  load: async (visit) => {
    const own = await ownRecord(visit);
    const { cycle } = own.record;
    if (cycle === null) return { ...own, standards: [] };
    const { body } = await visit.api.call(getCycle, { params: { cycleId: cycle } });
    return { ...own, standards: body.standardSet.standards };
  },
  initial: ({ record }) => Fields.of({ [FIELD]: record.youSaid.standards }),
  labels: { [FIELD]: 'Standards' },
  show: ({ loaded, fields, errors }) => {
    const { standards, record } = loaded;
    const others = record.youSaid.standards.filter(
      (code) => !standards.some((standard) => standard.code === code),
    );
    return {
      title: 'Which standards is it about?',
      back: backTo(loaded),
      body: (
        <Form hidden={versionFor(fields, errors, loaded)}>
          {standards.length + others.length === 0 ? (
            <>
              <h1 class="nhsuk-heading-l">Which standards is it about?</h1>
              <p>
                This record belongs to no cycle, so there are no standards to choose from. It can do
                without.
              </p>
            </>
          ) : (
            <>
              <Checkboxes
                legend={{ text: 'Which standards is it about?', size: 'l', headingLevel: 1 }}
                hint="The standards of its cycle"
                name={FIELD}
                values={fields.all(FIELD)}
                errorMessage={errors.of(FIELD)}
                items={[
                  ...standards.map(({ code, title, statement }) => ({
                    text: title,
                    value: code,
                    hint: statement === title ? undefined : statement,
                  })),
                  ...others.map((code) => ({ text: code, value: code })),
                ]}
              />
              <Button preventDoubleClick>Save</Button>
            </>
          )}
        </Form>
      ),
    };
  },
  save: async ({ api, params }, fields) => {
    const loopRecordId = params.loopRecordId ?? '';
    await api.call(changeLoopRecord, {
      params: { loopRecordId },
      version: versionOf(fields),
      body: { youSaid: { standards: [...fields.all(FIELD)] } },
    });
    return new Redirect(recordHref(loopRecordId, '?done=saved'));
  },
});
