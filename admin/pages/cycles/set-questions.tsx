import { MAX_QUESTION_COUNT } from '../../../domain/cycle.ts';
import {
  type Polarity,
  polarities,
  type QuestionPublication,
  questionPublications,
} from '../../../domain/vocabulary.ts';
import { codeOf } from '../../code-of.ts';
import { Button } from '../../components/Button.tsx';
import { Fieldset } from '../../components/Fieldset.tsx';
import { Select } from '../../components/Select.tsx';
import { Textarea } from '../../components/Textarea.tsx';
import { Fields } from '../../fields.ts';
import type { FormErrors } from '../../form-errors.ts';
import { polarityWords, publicationWords } from '../../words.ts';
import { publicationMeanings } from './publication-meanings.ts';
import { setUpPage } from './set-up-page.tsx';

const title = 'What are people asked in their own words?';
const members = ['prompt', 'polarity', 'publication', 'code'] as const;
type Row = Record<(typeof members)[number], string>;
const emptyRow: Row = { prompt: '', polarity: 'nonspecific', publication: 'quotes', code: '' };

export const setQuestionsPage = setUpPage({
  task: 'questions',
  title,
  labels: { questions: 'Questions', 'questions.*.prompt': 'Question' },
  initial: ({ questions }) =>
    fieldsOf(questions.map((each) => ({ ...each, publication: each.publication ?? 'quotes' }))),
  show: ({ fields, errors }) => {
    const rows = rowsOf(fields);
    return (
      <>
        <h1 class="nhsuk-heading-l">{title}</h1>
        <p>
          Ask little, and ask openly. A person reads every answer before anything of it is shown.
          People choose what may become of their words by the question under which they write, so
          tell them with the question:
        </p>
        <ul class="nhsuk-list nhsuk-list--bullet">
          {questionPublications.map((each) => (
            <li>
              <strong>{publicationWords[each]}</strong>: {publicationMeanings[each]}
            </li>
          ))}
        </ul>
        {rows.length === 0 && <p>There is no open question yet: people only rate.</p>}
        {rows.map((row, index) => (
          <QuestionFields row={row} index={index} count={rows.length} errors={errors} />
        ))}
        {rows.length < MAX_QUESTION_COUNT && (
          <Button variant="secondary" name="action" value="add">
            Add a question
          </Button>
        )}
      </>
    );
  },
  read: async (fields) => {
    const rows = rowsOf(fields);
    const arranged = arrange(rows, fields.text('action'));
    if (arranged !== null)
      return Fields.of({ ...fieldsOf(arranged), version: fields.text('version') });
    const errors = rows.flatMap(({ prompt }, index) =>
      prompt.trim() === ''
        ? [{ field: `questions.${index}.prompt`, text: 'Enter the question, or remove it' }]
        : [],
    );
    if (errors.length > 0) return errors;
    const taken = new Set(rows.map(({ code }) => code));
    return {
      questions: rows.map(({ prompt, polarity, publication, code }) => ({
        code: code || codeOf(prompt, taken, 'question'),
        prompt: prompt.trim(),
        polarity: polarity as Polarity,
        publication: publication as QuestionPublication,
      })),
    };
  },
});

function QuestionFields({
  row,
  index,
  count,
  errors,
}: {
  row: Row;
  index: number;
  count: number;
  errors: FormErrors;
}) {
  const name = `questions.${index}`;
  const number = index + 1;
  return (
    <Fieldset legend={{ text: `Question ${number}`, size: 'm' }}>
      <input type="hidden" name={`${name}.code`} value={row.code} />
      <Textarea
        label="What people are asked"
        name={`${name}.prompt`}
        rows={2}
        value={row.prompt}
        errorMessage={errors.of(`${name}.prompt`)}
      />
      <Select
        label="What it asks for"
        name={`${name}.polarity`}
        value={row.polarity}
        items={polarities.map((each) => ({ text: polarityWords[each], value: each }))}
      />
      <Select
        label="What may be published of the answers"
        name={`${name}.publication`}
        value={row.publication}
        items={questionPublications.map((each) => ({ text: publicationWords[each], value: each }))}
      />
      <div class="fc-actions">
        {index > 0 && <RowButton action="up" text="Move up" index={index} />}
        {index < count - 1 && <RowButton action="down" text="Move down" index={index} />}
        <RowButton action="remove" text="Remove" index={index} />
      </div>
    </Fieldset>
  );
}

function RowButton({ action, text, index }: { action: string; text: string; index: number }) {
  return (
    <Button variant="secondary" small name="action" value={`${action}-${index}`}>
      {text}
      <span class="nhsuk-u-visually-hidden"> question {index + 1}</span>
    </Button>
  );
}

function rowsOf(fields: Fields): Row[] {
  return fields.items('questions').map((item) => ({
    prompt: item.raw('prompt'),
    polarity: item.raw('polarity'),
    publication: item.raw('publication'),
    code: item.raw('code'),
  }));
}

function fieldsOf(rows: readonly Row[]): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap((row, index) =>
      members.map((member) => [`questions.${index}.${member}`, row[member]]),
    ),
  );
}

/** The rows as a button asks for them: with one more, one less or in another order; null where none does. */
function arrange(rows: readonly Row[], action: string): Row[] | null {
  if (action === 'add') return [...rows, emptyRow];
  const match = /^(up|down|remove)-(\d{1,2})$/.exec(action);
  if (!match) return null;
  const at = Number(match[2]);
  const row = rows[at];
  const others = rows.filter((_, index) => index !== at);
  if (row === undefined || match[1] === 'remove') return others;
  const to = match[1] === 'up' ? Math.max(0, at - 1) : at + 1;
  return [...others.slice(0, to), row, ...others.slice(to)];
}
