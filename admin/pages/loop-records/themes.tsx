import { changeLoopRecord } from '../../../api/loop-records/contract.ts';
import { listThemes } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { strengthWords } from '../../words.ts';
import { backTo, ownRecord, recordHref, versionFor, versionOf } from './own-record.ts';

const FIELD = 'youSaid.themes';

export const themesOfRecordPage = formPage({
  path: '/console/loop-records/:loopRecordId/themes',
  roles: ['publisher'],
  load: async (visit) => {
    const own = await ownRecord(visit);
    const { organisation, cycle } = own.record;
    const { body } = await visit.publicApi.call(listThemes, {
      query: { organisation, cycle: cycle ?? undefined, limit: '100' },
    });
    return { ...own, themes: body.items };
  },
  initial: ({ record }) => Fields.of({ [FIELD]: record.youSaid.themes }),
  labels: { [FIELD]: 'Themes' },
  show: ({ loaded, fields, errors }) => {
    const { themes, record } = loaded;
    const chosen = fields.all(FIELD);
    const others = record.youSaid.themes.filter((id) => !themes.some((theme) => theme.id === id));
    return {
      title: 'Which themes does it answer?',
      back: backTo(loaded),
      body: (
        <Form hidden={versionFor(fields, errors, loaded)}>
          {themes.length + others.length === 0 ? (
            <>
              <h1 class="nhsuk-heading-l">Which themes does it answer?</h1>
              <p>
                No theme is published yet. Moderators write them from what people said, and publish
                them. Come back then.
              </p>
            </>
          ) : (
            <>
              <Checkboxes
                legend={{ text: 'Which themes does it answer?', size: 'l', headingLevel: 1 }}
                hint="Published themes of the same organisation and cycle. Choose at most 20."
                name={FIELD}
                values={chosen}
                errorMessage={errors.of(FIELD)}
                items={[
                  ...themes.map(({ id, title, strength }) => ({
                    text: title,
                    value: id,
                    hint: strength === null ? undefined : strengthWords[strength],
                  })),
                  ...others.map((id, index) => ({
                    text: `Linked before, and not published any more (${index + 1})`,
                    value: id,
                  })),
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
      body: { youSaid: { themes: [...fields.all(FIELD)] } },
    });
    return new Redirect(recordHref(loopRecordId, '?done=saved'));
  },
});
