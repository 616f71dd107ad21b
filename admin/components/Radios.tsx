import { Choices, type ChoicesProps } from './Choices.tsx';

/** Answers of which one is chosen. */
export type RadiosProps = ChoicesProps & {
  /** The answer that is chosen, if one is. */
  value?: string | undefined;
};

/** See {@link RadiosProps}. */
export function Radios({ value, ...props }: RadiosProps) {
  return <Choices {...props} kind="radio" isChosen={(candidate) => candidate === value} />;
}
