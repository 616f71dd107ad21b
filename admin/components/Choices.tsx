import { Fieldset, type LegendOption } from './Fieldset.tsx';
import { describedByNotes, type FieldNotes, FieldNotesOf, FormGroup } from './FormGroup.tsx';
import { Hint } from './Hint.tsx';
import { Label } from './Label.tsx';
import { type Attributes, type Content, idOf, isShown, joined } from './parts.ts';

/** One of the answers to choose from. */
export type Choice = {
  text: Content;
  value: string;
  hint?: Content;
  /** What is asked further when this answer is chosen. Without the script it is always shown. */
  conditional?: Content;
  /** Whether it is chosen, where the group's own value does not say. */
  checked?: boolean | undefined;
  disabled?: boolean | undefined;
  id?: string | undefined;
  /** Of a checkbox whose name is not that of its group. */
  name?: string | undefined;
  /** `exclusive`: choosing it clears the others, such as "None of these". */
  behaviour?: 'exclusive' | undefined;
  /** Clears only the others of this group. */
  behaviourGroup?: string | undefined;
  attributes?: Attributes | undefined;
};

/** What stands between two answers, such as "or". */
export type ChoiceDivider = { divider: string };

/** What radios and checkboxes have in common. */
export type ChoicesProps = FieldNotes & {
  name: string;
  /** Of the first answer, so that an error summary can link to it; as of the name unless given. */
  idPrefix?: string | undefined;
  /** The question; without it the answers stand in a group that the page makes itself. */
  legend?: LegendOption | undefined;
  items: readonly (Choice | ChoiceDivider | false | undefined)[];
  small?: boolean | undefined;
  inline?: boolean | undefined;
  disabled?: boolean | undefined;
  classes?: string | undefined;
};

function ChoiceItem({
  kind,
  item,
  index,
  props,
  describedBy,
  isChosen,
}: {
  kind: 'radio' | 'checkbox';
  item: Choice;
  index: number;
  props: ChoicesProps;
  describedBy: string | undefined;
  isChosen: (value: string) => boolean;
}) {
  const block = kind === 'radio' ? 'nhsuk-radios' : 'nhsuk-checkboxes';
  const prefix = props.idPrefix ?? idOf(props.name);
  const id = item.id ?? (index === 0 ? prefix : `${prefix}-${index + 1}`);
  const hintId = `${id}-item-hint`;
  const checked = item.checked ?? isChosen(item.value);
  return (
    <>
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          id={id}
          name={item.name ?? props.name}
          type={kind}
          value={item.value}
          checked={checked}
          disabled={item.disabled ?? props.disabled}
          data-behaviour={item.behaviour}
          data-behaviour-group={item.behaviourGroup}
          data-aria-controls={isShown(item.conditional) ? `conditional-${id}` : undefined}
          aria-describedby={joined(describedBy, isShown(item.hint) && hintId)}
          {...item.attributes}
        />
        <Label label={{ text: item.text, classes: `${block}__label` }} field={id} />
        {isShown(item.hint) && (
          <Hint id={hintId} classes={`${block}__hint`}>
            {item.hint}
          </Hint>
        )}
      </div>
      {isShown(item.conditional) && (
        <div
          class={joined(`${block}__conditional`, !checked && `${block}__conditional--hidden`)}
          id={`conditional-${id}`}
        >
          {item.conditional}
        </div>
      )}
    </>
  );
}

/** The markup that {@link Radios} and {@link Checkboxes} share. */
export function Choices({
  kind,
  isChosen,
  ...props
}: ChoicesProps & { kind: 'radio' | 'checkbox'; isChosen: (value: string) => boolean }) {
  const block = kind === 'radio' ? 'nhsuk-radios' : 'nhsuk-checkboxes';
  const id = props.idPrefix ?? idOf(props.name);
  const describedBy = describedByNotes(id, props);
  // A group's own description is read for every checkbox only where no fieldset reads it once.
  const itemDescribedBy = kind === 'checkbox' && !props.legend ? describedBy : undefined;
  const content = (
    <>
      <FieldNotesOf id={id} hint={props.hint} errorMessage={props.errorMessage} />
      <div
        class={joined(
          block,
          props.small && `${block}--small`,
          props.inline && `${block}--inline`,
          props.classes,
        )}
        data-module={block}
      >
        {props.items.map((item, index) => {
          if (!item) return null;
          if ('divider' in item) return <div class={`${block}__divider`}>{item.divider}</div>;
          return (
            <ChoiceItem
              kind={kind}
              item={item}
              index={index}
              props={props}
              describedBy={itemDescribedBy}
              isChosen={isChosen}
            />
          );
        })}
      </div>
    </>
  );
  return (
    <FormGroup hasError={Boolean(props.errorMessage)}>
      {props.legend ? (
        <Fieldset legend={props.legend} describedBy={describedBy}>
          {content}
        </Fieldset>
      ) : (
        content
      )}
    </FormGroup>
  );
}
