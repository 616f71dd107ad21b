import { stricterDecisions } from '../../../domain/moderation.ts';
import { type ModerationDecision, moderationDecisions } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { Details } from '../../components/Details.tsx';
import { Radios } from '../../components/Radios.tsx';
import type { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormErrors } from '../../form-errors.ts';
import { decisionWords } from '../../words.ts';
import { REVISES } from './decide.ts';
import { hrefAt, type Place, QUEUE, textHref } from './place.ts';
import { OwnReason, ReadyReasons } from './reason-fields.tsx';
import { readyReasons } from './reasons.ts';
import type { Text } from './text-shown.tsx';

const meanings: Readonly<Record<ModerationDecision, string>> = {
  publish: `Noted with it: “${readyReasons.publish[0]}”`,
  redact: 'You mark the words next, and see the result before they are gone for good',
  keep_private: 'It counts towards themes, and is quoted nowhere',
  delete: 'You are asked once more before it is gone for good',
};

const shortcuts: Readonly<Record<ModerationDecision, string>> = {
  publish: 'p',
  redact: 't',
  keep_private: 'k',
  delete: 'd',
};

/** What can be decided on a text: what was promised and what was decided before leave only some. */
export function choicesFor({ publication, decision }: Text): readonly ModerationDecision[] {
  const possible = decision === null ? moderationDecisions : stricterDecisions[decision];
  return moderationDecisions.filter(
    (each) =>
      possible.includes(each) &&
      (publication !== 'private' || each === 'keep_private' || each === 'delete'),
  );
}

/** The form below a text; it carries the text's id, so that it decides on this text whatever comes next. */
export function DecisionForm({
  text,
  place,
  fields,
  errors,
  next,
}: {
  text: Text;
  place: Place;
  fields: Fields;
  errors: FormErrors;
  /** The cursor behind this text, where another one waits there. */
  next: string | null;
}) {
  const choices = choicesFor(text);
  const behind = next === null ? null : { ...place, cursor: next };
  return (
    <Form action={textHref(text.id, place)} hidden={{ [REVISES]: fields.raw(REVISES) }}>
      <Radios
        legend={{ text: 'What should become of it?', size: 'm', headingLevel: 2 }}
        name="decision"
        value={fields.raw('decision')}
        errorMessage={errors.of('decision')}
        items={choices.map((decision) => ({
          value: decision,
          text: decisionWords[decision],
          hint: meanings[decision],
          attributes: { 'data-shortcut': shortcuts[decision] },
          conditional: decision === 'keep_private' && (
            <ReadyReasons decision={decision} fields={fields} errors={errors} />
          ),
        }))}
      />
      <OwnReason fields={fields} errors={errors} />
      <div class="fc-actions">
        <Button preventDoubleClick attributes={{ 'data-shortcut': 'n' }}>
          Go on
        </Button>
        {!place.isOfList && (
          <Button
            variant="secondary"
            href={hrefAt('/console/moderation/pause', place)}
            attributes={{ 'data-shortcut': 'b' }}
          >
            Take a break
          </Button>
        )}
      </div>
      {behind && (
        <p>
          <a href={hrefAt(QUEUE, behind)} data-shortcut="l">
            Leave this text for somebody else
          </a>
        </p>
      )}
      <Shortcuts isOn={place.hasKeys} />
    </Form>
  );
}

/** Off until somebody wants them (WCAG 2.1.4); they need the script. */
function Shortcuts({ isOn }: { isOn: boolean }) {
  return (
    <Details summary="Keyboard shortcuts" classes="fc-needs-script">
      <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
        <div class="nhsuk-checkboxes__item">
          <input
            class="nhsuk-checkboxes__input"
            id="keys"
            name="keys"
            type="checkbox"
            value="on"
            checked={isOn}
            data-shortcuts-switch=""
          />
          <label class="nhsuk-label nhsuk-checkboxes__label" for="keys">
            Use single letters
          </label>
        </div>
      </div>
      <p>
        P publish, K keep private, T take words out, D delete, N go on, L leave for somebody else, B
        take a break. They do nothing while you write.
      </p>
    </Details>
  );
}
