import { getAnonymityStatement } from '../../../api/cycles/contract.ts';
import type { AnonymityStatement } from '../../../domain/anonymity-statement.ts';
import { InsetText } from '../../components/InsetText.tsx';
import { page } from '../../page.tsx';
import { dayWords, perspectiveWords, publicationWords, timeWords } from '../../words.ts';
import { AnonymityWords } from './anonymity-words.tsx';
import { type Cycle, hrefOf, isChangeable, loadCycle } from './load-cycle.ts';
import { publicationMeanings } from './publication-meanings.ts';

export const previewCyclePage = page(
  '/console/cycles/:cycleId/preview',
  ['administrator', 'publisher', 'moderator', 'auditor'],
  async (visit) => {
    const params = { cycleId: visit.params.cycleId ?? '' };
    const [{ cycle }, { body }] = await Promise.all([
      loadCycle(visit),
      visit.api.call(getAnonymityStatement, { params }),
    ]);
    const title = isChangeable(cycle) ? 'What people will see' : 'What people see';
    return {
      title,
      back: { href: hrefOf(cycle), text: 'The evaluation cycle' },
      body: (
        <>
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>
            Every form is built from this, in this order, whoever builds it. How it looks is up to
            them.
          </p>
          <InsetText>
            <p>Nobody can reply to what you write here. If you need help now:</p>
            <ul>
              {cycle.urgentHelp.map(({ name, contact }) => (
                <li>
                  {name}: {contact}
                </li>
              ))}
            </ul>
          </InsetText>
          <h2 class="nhsuk-heading-m">{cycle.title}</h2>
          <Intended cycle={cycle} />
          <RatedSet set={cycle.standardSet} />
          <OpenQuestions cycle={cycle} />
          {cycle.aboutThisEvaluation && <RatedSet set={cycle.aboutThisEvaluation} />}
          <AnonymityWords
            statement={JSON.parse(body.statement) as AnonymityStatement}
            sha256={body.sha256}
          />
        </>
      ),
    };
  },
);

function Intended({ cycle }: { cycle: Cycle }) {
  return (
    <>
      <p>
        For {cycle.organisationNames.map(({ name }) => name).join(', ')}. You can take part from{' '}
        {timeWords(cycle.opensAt)} to {timeWords(cycle.closesAt)}.
        {cycle.lookAgainOn &&
          ` Look again on ${dayWords(cycle.lookAgainOn)} to see what was done about it.`}
      </p>
      <h3>From which role do you speak?</h3>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {cycle.perspectives.map((each) => (
          <li>{perspectiveWords[each]}</li>
        ))}
      </ul>
      {cycle.services.length > 0 && (
        <>
          <h3>Which service do you speak about?</h3>
          <ul class="nhsuk-list nhsuk-list--bullet">
            {cycle.services.map(({ name }) => (
              <li>{name}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function RatedSet({ set: { title, scale, standards } }: { set: Cycle['standardSet'] }) {
  return (
    <>
      <h3>{title}</h3>
      <p>Each is answered with one of: {scale.labels.join(', ')}. Any may be left out.</p>
      <ol class="nhsuk-list nhsuk-list--number">
        {standards.map((standard) => (
          <li>
            <strong>{standard.title}</strong>
            {standard.statement !== standard.title && <br />}
            {standard.statement !== standard.title && standard.statement}
          </li>
        ))}
      </ol>
    </>
  );
}

function OpenQuestions({ cycle: { questions } }: { cycle: Cycle }) {
  if (questions.length === 0) return null;
  return (
    <>
      <h3>In your own words</h3>
      <ol class="nhsuk-list nhsuk-list--number">
        {questions.map(({ prompt, publication = 'quotes' }) => (
          <li>
            <strong>{prompt}</strong>
            <br />
            {publicationWords[publication]}: {publicationMeanings[publication]}
          </li>
        ))}
      </ol>
    </>
  );
}
