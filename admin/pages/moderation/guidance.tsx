import { WarningCallout } from '../../components/WarningCallout.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';

/** What to do about a text in which somebody may be in danger: before anything is decided on it. */
export function SafeguardingGuidance() {
  return (
    <WarningCallout heading="Somebody may be in danger" headingLevel={2}>
      <p>
        Screening found words of harm or danger. It may be wrong; you decide by reading. If it is
        not wrong:
      </p>
      <ol>
        <li>
          Tell your organisation’s safeguarding lead now, as your safeguarding procedure says: what
          the text says, and where it came in. If it names a person or a place in danger at this
          moment, call 999.
        </li>
        <li>
          Tell them before you take words out or delete the text. What is gone cannot be shown to
          anybody.
        </li>
        <li>
          Nobody can call back the person who wrote it: they were promised that nobody can tell who
          they are. Do not try to find out.
        </li>
        <li>Then decide on the text as on any other. Deciding alone tells nobody.</li>
      </ol>
      <p>You need not do this alone, and you may stop at any time.</p>
    </WarningCallout>
  );
}

/** Where whoever moderates finds help for themselves. */
export function HelpForModerators() {
  return (
    <>
      <p>
        Reading what people went through can stay with you. That is no weakness, and it can come
        later. Talk with whoever supports you in this work: your supervisor, your lived experience
        lead, or the wellbeing or occupational health service of your organisation.
      </p>
      <UrgentHelp />
    </>
  );
}

/** Asked before words are gone that somebody else may have to read. */
export function ToldFirst() {
  return (
    <WarningCallout heading="Somebody may be in danger" headingLevel={2}>
      Have you told your safeguarding lead what this text says? What is gone cannot be shown to
      anybody again.
    </WarningCallout>
  );
}
