import type { Phase } from '../../../domain/vocabulary.ts';
import { Tag, type TagColour } from '../../components/Tag.tsx';
import { phaseWords } from '../../words.ts';

const colours: Readonly<Record<Phase, TagColour>> = {
  draft: 'grey',
  scheduled: 'blue',
  open: 'green',
  closed: 'orange',
  released: 'purple',
};

export function PhaseTag({ phase }: { phase: Phase }) {
  return <Tag colour={colours[phase]}>{phaseWords[phase]}</Tag>;
}
