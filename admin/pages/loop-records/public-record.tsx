import { type HeadingLevel, headingTag } from '../../components/parts.ts';
import { Tag } from '../../components/Tag.tsx';
import {
  dayWords,
  listWords,
  loopStatusWords,
  perspectiveWords,
  strengthWords,
} from '../../words.ts';
import type { LoopRecord } from './own-record.ts';
import { answerWords, enquiryCategoryWords, latenessWords, statusColours } from './record-words.ts';

/** A record as everybody reads it. @param level of the heading with its title */
export function PublicRecord({
  record,
  level,
  now,
}: {
  record: LoopRecord;
  level: HeadingLevel;
  now: Date;
}) {
  const { title, youSaid, weDid, difference, lookAgainOn } = record;
  const Title = headingTag(level);
  const Part = headingTag((level + 1) as HeadingLevel);
  return (
    <>
      <Title class="nhsuk-heading-m">{title}</Title>
      <Part class="nhsuk-heading-s">You said</Part>
      <p class="fc-text">{youSaid.text}</p>
      <SaidBy record={record} />
      <Part class="nhsuk-heading-s">{answerWords[weDid.status]}</Part>
      <p>
        <Tag colour={statusColours[weDid.status]}>{loopStatusWords[weDid.status]}</Tag>{' '}
        {weDid.overdue && <Tag colour="red">Overdue</Tag>}
      </p>
      {weDid.reason !== null && <p class="fc-text">{weDid.reason}</p>}
      {weDid.text !== null && <p class="fc-text">{weDid.text}</p>}
      <ul>
        {weDid.owner !== null && <li>Who looks after it: {weDid.owner}</li>}
        {weDid.dueOn !== null && (
          <li>
            Promised by {dayWords(weDid.dueOn)}
            {weDid.overdue && `, ${latenessWords(weDid.dueOn, now)}`}
          </li>
        )}
        {weDid.completedOn !== null && <li>Done on {dayWords(weDid.completedOn)}</li>}
        {weDid.milestones.map(({ on, text }) => (
          <li>
            {dayWords(on)}: {text}
          </li>
        ))}
        {weDid.evidence.map((evidence) => (
          <li>
            <a href={evidence.href} rel="noreferrer">
              {evidence.title}
            </a>
          </li>
        ))}
        {lookAgainOn !== null && <li>We look again on {dayWords(lookAgainOn)}</li>}
      </ul>
      {difference !== null && (
        <>
          <Part class="nhsuk-heading-s">What is different now</Part>
          <p class="fc-text">{difference}</p>
        </>
      )}
    </>
  );
}

/** Who said it and what it is about, as far as it is told. */
function SaidBy({ record: { youSaid } }: { record: LoopRecord }) {
  const { perspectives, strength, enquiryCategory, theme, themes, standards } = youSaid;
  const said = [
    perspectives.length > 0 &&
      `Said by ${listWords(perspectives.map((each) => perspectiveWords[each].toLowerCase()))}`,
    strength !== null && strengthWords[strength],
    enquiryCategory !== null && enquiryCategoryWords[enquiryCategory],
    theme,
    themes.length > 0 && `Themes that it answers: ${themes.length}`,
    standards.length > 0 && `Standards: ${listWords(standards)}`,
  ].filter((line) => typeof line === 'string');
  if (said.length === 0) return null;
  return (
    <ul>
      {said.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}
