import type { ModerationDecision } from '../../../domain/vocabulary.ts';
import { Input } from '../../components/Input.tsx';
import { Radios } from '../../components/Radios.tsx';
import type { Fields } from '../../fields.ts';
import type { FormErrors } from '../../form-errors.ts';
import { OWN_REASON, readyReasons, reasonField } from './reasons.ts';

interface Props {
  fields: Fields;
  errors: FormErrors;
}

/** The ready reasons for a decision. */
export function ReadyReasons({
  decision,
  fields,
  errors,
}: Props & { decision: ModerationDecision }) {
  const name = reasonField(decision);
  return (
    <Radios
      legend="Why?"
      small
      name={name}
      value={fields.raw(name)}
      errorMessage={errors.of(name)}
      items={readyReasons[decision].map((reason) => ({ text: reason, value: reason }))}
    />
  );
}

/** For a reason that none of the ready ones says. */
export function OwnReason({ fields, errors }: Props) {
  return (
    <Input
      label="A reason in your own words (optional)"
      hint="Kept instead of the reason above. Do not write who somebody is."
      name={OWN_REASON}
      value={fields.raw(OWN_REASON)}
      errorMessage={errors.of(OWN_REASON)}
    />
  );
}
