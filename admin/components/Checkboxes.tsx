import { Choices, type ChoicesProps } from './Choices.tsx';

/** Answers of which any number is chosen. */
export type CheckboxesProps = ChoicesProps & {
  /** The answers that are chosen. */
  values?: readonly string[] | undefined;
};

/** See {@link CheckboxesProps}. */
export function Checkboxes({ values = [], ...props }: CheckboxesProps) {
  return <Choices {...props} kind="checkbox" isChosen={(value) => values.includes(value)} />;
}
