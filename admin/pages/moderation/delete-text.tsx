import { Button } from '../../components/Button.tsx';
import { Details } from '../../components/Details.tsx';
import { Form } from '../../form.tsx';
import { formPage } from '../../page.tsx';
import { decideAndGoOn, fieldOf, labels, REVISES } from './decide.ts';
import { ToldFirst } from './guidance.tsx';
import { initialFields } from './initial-fields.ts';
import { MarkedText } from './marked-text.tsx';
import { placeOf, textHref } from './place.ts';
import { quickerView } from './quicker.tsx';
import { OwnReason, ReadyReasons } from './reason-fields.tsx';
import { reasonOf } from './reasons.ts';
import { loadText } from './text.tsx';
import { Help, WhereFrom } from './text-shown.tsx';

/** The last question before a text is gone. */
export const deleteText = formPage({
  path: '/console/moderation/texts/:textId/delete',
  roles: ['moderator'],
  labels,
  fieldOf,
  load: loadText,
  initial: (text) => initialFields(text),
  show: ({ visit, loaded: text, fields, errors }) => {
    const quicker = quickerView(visit, text);
    if (quicker) return quicker;
    const place = placeOf(visit);
    return {
      title: 'Delete this text?',
      back: { href: textHref(text.id, place), text: 'Decide something else' },
      body: (
        <>
          <Help isOpen={text.safeguarding} />
          <h1 class="nhsuk-heading-l">Delete this text?</h1>
          <WhereFrom text={text} />
          <Details summary="Show the text" open={!text.safeguarding}>
            <MarkedText text={text.text} findings={text.highlights} />
          </Details>
          {text.safeguarding && <ToldFirst />}
          <Form hidden={{ [REVISES]: fields.raw(REVISES) }}>
            <ReadyReasons decision="delete" fields={fields} errors={errors} />
            <OwnReason fields={fields} errors={errors} />
            <p>The words are gone at once and for good. This cannot be undone.</p>
            <div class="fc-actions">
              <Button variant="warning" preventDoubleClick>
                Delete for good
              </Button>
              <a href={textHref(text.id, place)}>Decide something else</a>
            </div>
          </Form>
        </>
      ),
    };
  },
  save: async (visit, fields) => {
    const reason = reasonOf(fields, 'delete');
    if (typeof reason !== 'string') return reason;
    return decideAndGoOn(visit, fields, placeOf(visit), { decision: 'delete', reason });
  },
});
