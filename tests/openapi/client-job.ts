import { randomUUID } from 'node:crypto';
import type { paths } from 'full-circle-openapi';
import createClient, { type Client } from 'openapi-fetch';

/** What a trust's system knows before it starts. */
export interface Job {
  url: string;
  organisation: string;
  /** Signs a client assertion made out to the token endpoint. */
  signAssertion: (tokenUrl: string) => Promise<string>;
}

/** What it knows when it has finished. */
export interface Done {
  cycleTitle: string;
  statementSha256: string;
  accepted: number;
  rejected: number;
  promise: string;
  dueOn: string | null;
}

/** Signs in. @returns the headers of a request that needs a token */
async function signIn(
  client: Client<paths>,
  { url, signAssertion }: Job,
): Promise<{ Authorization: string }> {
  const token = await client.POST('/oauth2/token', {
    body: {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await signAssertion(`${url}/oauth2/token`),
    },
    bodySerializer: (body: Record<string, string>) => new URLSearchParams(body),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  if (token.data === undefined) throw new Error(token.error.error_description);
  return { Authorization: `Bearer ${token.data.access_token}` };
}

/** Writes a theme as the README does, without the members that have a default. */
export async function writeTheme(
  job: Job,
): Promise<{ title: string; description: string | null; standards: string[] }> {
  const client = createClient<paths>({ baseUrl: job.url });
  const headers = await signIn(client, job);
  const cycles = await client.GET('/v1/cycles', {
    params: { query: { organisation: job.organisation, phase: 'open' } },
  });
  const cycle = cycles.data?.items[0]?.id;
  if (cycle === undefined) throw new Error('No cycle is open.');
  const theme = await client.POST('/v1/themes', {
    headers,
    body: {
      organisation: job.organisation,
      cycle,
      title: 'There is nowhere quiet to sit',
      enquiryCategory: 'environment-and-activities',
    },
  });
  if (theme.data === undefined) throw new Error(theme.error.detail);
  const { title, description, standards } = theme.data;
  return { title, description, standards };
}

/** The whole job of a trust's system and of a dashboard, through a client that is generated from the contract. */
export async function doTheJob(job: Job): Promise<Done> {
  const { organisation } = job;
  const client = createClient<paths>({ baseUrl: job.url });
  const headers = await signIn(client, job);

  const cycles = await client.GET('/v1/cycles', {
    params: { query: { organisation, phase: 'open', limit: 100 } },
  });
  if (cycles.data === undefined) throw new Error(cycles.error.detail);
  const listed = cycles.data.items[0];
  if (listed === undefined) throw new Error('No cycle is open.');

  const path = { cycleId: listed.id };
  const cycle = await client.GET('/v1/cycles/{cycleId}', { params: { path } });
  if (cycle.data === undefined) throw new Error(cycle.error.detail);
  const { standardSet, perspectives, questions, title } = cycle.data;
  const [standard] = standardSet.standards;
  const [perspective] = perspectives;
  const [question] = questions;
  if (standard === undefined || perspective === undefined || question === undefined)
    throw new Error('The cycle asks nothing.');

  const submission = {
    perspective,
    organisation,
    ratings: [{ standard: standard.code, asIs: standardSet.scale.max }],
    answers: [{ question: question.code, text: 'Everybody had time for me.' }],
  };
  const one = await client.POST('/v1/cycles/{cycleId}/submissions', {
    params: { path },
    headers,
    body: submission,
  });
  if (one.data === undefined) throw new Error(one.error.detail);

  const batch = await client.POST('/v1/cycles/{cycleId}/submission-batches', {
    params: { path, header: { 'Idempotency-Key': randomUUID() } },
    headers,
    body: {
      submissions: [
        submission,
        { perspective, organisation, ratings: [{ standard: standard.code, notApplicable: true }] },
        { perspective, organisation, ratings: [{ standard: 'no-such-standard', asIs: 1 }] },
      ],
    },
  });
  if (batch.data === undefined) throw new Error(batch.error.detail);
  for (const result of batch.data.results)
    if (result.status === 'rejected' && result.problem.errors[0] === undefined)
      throw new Error('A submission was rejected without a reason.');

  const records = await client.GET('/v1/loop-records', {
    params: { query: { organisation, status: 'planned' } },
  });
  const recordId = records.data?.items[0]?.id;
  if (recordId === undefined) throw new Error('No loop record is published.');
  const record = await client.GET('/v1/loop-records/{loopRecordId}', {
    params: { path: { loopRecordId: recordId } },
  });
  if (record.data === undefined) throw new Error(record.error.detail);

  return {
    cycleTitle: title,
    statementSha256: one.data.anonymityStatement.sha256,
    accepted: batch.data.accepted,
    rejected: batch.data.rejected,
    promise: record.data.title,
    dueOn: record.data.weDid.dueOn,
  };
}
