import { env } from 'cloudflare:workers';
import { neon, neonConfig } from '@neondatabase/serverless';
import { Hono } from 'hono';
import * as z from 'zod';
import { screenAnswers } from '../../domain/screening/answers.ts';

/**
 * The floor that the product is measured against: Hono, zod and the Neon driver with nothing between them. It takes
 * the same bodies and inserts the same rows; it knows no cycle, no client, no repeat and no error but a thrown one. With
 * SCREENS it screens texts as the product must, so that the machinery can be told from the screening.
 */
const { DATABASE_URL, DATABASE_FETCH_ENDPOINT, SCREENS } = env as Record<string, string>;
neonConfig.fetchEndpoint = DATABASE_FETCH_ENDPOINT ?? '';
const sql = neon(DATABASE_URL ?? '');

const Submission = z.strictObject({
  perspective: z.string(),
  organisation: z.string().optional(),
  service: z.string().optional(),
  ratings: z
    .array(
      z.strictObject({
        standard: z.string(),
        asIs: z.int().min(1).max(5).optional(),
        toBe: z.int().min(1).max(5).optional(),
        notApplicable: z.literal(true).optional(),
      }),
    )
    .max(200)
    .optional(),
  answers: z
    .array(z.strictObject({ question: z.string(), text: z.string().min(1).max(4000) }))
    .max(50)
    .optional(),
  equality: z.strictObject({ ethnicity: z.string().optional() }).optional(),
});
const Batch = z.strictObject({ submissions: z.array(Submission).min(1).max(500) });
type Submission = z.output<typeof Submission>;

const insertOne = `insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, ethnicity)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;
const insertMany = `insert into inbox (cycle_id, organisation, service, perspective, as_is, to_be, answers, ethnicity)
  select $1, organisation, service, perspective, as_is::smallint[], to_be::smallint[], answers::text[], ethnicity
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    as entry (organisation, service, perspective, as_is, to_be, answers, ethnicity)`;

const app = new Hono();

app.post('/v1/cycles/:cycleId/submissions', async (context) => {
  const submission = Submission.parse(await context.req.json());
  const { perspective, organisation, service, equality } = submission;
  await sql.query(insertOne, [
    context.req.param('cycleId'),
    organisation ?? null,
    service ?? null,
    perspective,
    asIs(submission),
    toBe(submission),
    answers(submission),
    equality?.ethnicity ?? null,
  ]);
  return context.json({ accepted: 1 }, 201);
});

app.post('/v1/cycles/:cycleId/submission-batches', async (context) => {
  const { submissions } = Batch.parse(await context.req.json());
  const literal = (values: readonly unknown[]) =>
    `{${values.map((value) => (value === null ? 'null' : JSON.stringify(value))).join()}}`;
  await sql.query(insertMany, [
    context.req.param('cycleId'),
    submissions.map(({ organisation }) => organisation ?? null),
    submissions.map(({ service }) => service ?? null),
    submissions.map(({ perspective }) => perspective),
    submissions.map((submission) => literal(asIs(submission))),
    submissions.map((submission) => literal(toBe(submission))),
    submissions.map((submission) => literal(answers(submission))),
    submissions.map(({ equality }) => equality?.ethnicity ?? null),
  ]);
  return context.json({ accepted: submissions.length });
});

/** The bench posts one standard and two of three questions: the floor need not look up where they belong. */
function asIs({ ratings }: Submission) {
  return [ratings?.[0]?.asIs ?? null];
}

function toBe({ ratings }: Submission) {
  return [ratings?.[0]?.toBe ?? null];
}

function answers({ answers: given }: Submission) {
  const texts = [given?.[0]?.text ?? null, given?.[1]?.text ?? null, null];
  return SCREENS ? screenAnswers(texts, new Date().getUTCFullYear()).answers : texts;
}

export default app;
