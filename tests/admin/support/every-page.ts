import { storeTheme } from '../../api/support/published.ts';
import { send } from '../../api/support/send.ts';
import {
  answerEquality,
  closeCycle,
  createCycle,
  createLoopRecord,
  createStandardSet,
  createTheme,
  openCycle,
  publishLoopRecord,
  publishTheme,
  rateAs,
  registerClient,
  textOfTheme,
  waitingText,
} from '../../api/support/things.ts';
import type { Service } from '../../support/service.ts';
import { signedInPerson } from './staff.ts';

/** Markup that would run if a page wrote it as it is; it stands in every name and text of this world. */
export const HOSTILE = `"'><img src=x onerror=globalThis.broken=1><script>globalThis.broken=1</script>`;

/** Stands in what is not published. */
const SECRET = 'unpublished-words';

/** The things that pages are about, each with hostile words in it. */
export type EveryPage = {
  /** The address of a page for its path, with things that are there. */
  readonly hrefOf: (path: string) => string;
  /** Words that only staff of RHA may read. */
  readonly secrets: readonly string[];
};

/**
 * Where the things of a path are not those of every other: a page about an open cycle, say. By the path of the page, what
 * stands for each of its parts, or the whole address.
 */
type Special = Readonly<Record<string, Readonly<Record<string, string>> | string>>;

export async function prepareEveryPage(service: Service): Promise<EveryPage> {
  const title = `Title ${HOSTILE}`;
  const draft = await createCycle(service, {
    title: `${SECRET} ${title}`,
    questions: [{ code: 'what-good', prompt: `What was good? ${HOSTILE}`, polarity: 'what_good' }],
    services: [{ odsCode: 'RHA', code: 'ward', name: `Ward ${HOSTILE}` }],
  });
  const open = await openCycle(service, { title });
  const closed = await closeCycle(service, { title });
  await send(service, 'PUT', `/v1/cycles/${closed.id}/legal-hold`, {
    as: 'demo-admin',
    body: { reason: `${SECRET} ${HOSTILE}` },
  });
  const released = await closeCycle(service, {
    title,
    services: [{ odsCode: 'RHA', code: 'adult-mental-health', name: `Ward ${HOSTILE}` }],
    aboutThisEvaluation: { id: 'about-this-evaluation', version: 1 },
    equalityTable: true,
  });
  for (const perspective of ['service_user', 'carer'])
    await rateAs(service, released.id, perspective, 40, { answers: [4, 5, 5, 4, 2, 3] });
  await answerEquality(service, released.id, { A: 40, N: 12 });
  const releasedTheme = await publishTheme(service, { cycle: released.id, title });
  for (let people = 0; people < 24; people += 1)
    await textOfTheme(service, {
      id: people < 12 ? releasedTheme.id : null,
      cycle: released.id,
      organisation: 'RHA',
    });
  await send(service, 'POST', `/v1/cycles/${released.id}/releases`, { as: 'demo-admin', body: {} });
  const text = `I was heard. ${HOSTILE}`;
  const proposal = await send(service, 'POST', `/v1/cycles/${closed.id}/release-proposals`, {
    as: 'demo-admin',
  });
  const textId = await waitingText(service, open.id, { text: `${SECRET} ${text}` });
  const theme = await publishTheme(service, { cycle: open.id, title, description: text });
  const draftTheme = await createTheme(service, { cycle: open.id, title: `${SECRET} ${title}` });
  await textOfTheme(service, { id: theme.id, cycle: open.id, organisation: 'RHA' }, { text });
  const loopRecord = await publishLoopRecord(service, {
    cycle: open.id,
    title,
    youSaid: { text },
  });
  const draftLoopRecord = await createLoopRecord(service, {
    cycle: open.id,
    title: `${SECRET} ${title}`,
  });
  const set = await createStandardSet(service, {
    title,
    standards: [{ code: 'time', title, statement: text }],
  });
  const { clientId } = await registerClient(service);
  const rankedTheme = await storeTheme(service, { cycleId: open.id, title });
  const priority = await send(service, 'POST', '/v1/priorities', {
    as: 'demo-admin',
    body: {
      organisation: 'RHA',
      cycle: open.id,
      ranking: [{ theme: rankedTheme, rationale: text }],
      decidedBy: [{ perspective: 'carer', people: 'one_to_four' }],
      decidedOn: '2026-01-15',
      rationale: text,
    },
  });
  const usual: Record<string, string> = {
    cycleId: draft.id,
    textId,
    themeId: theme.id,
    otherThemeId: rankedTheme,
    loopRecordId: loopRecord.id,
    priorityId: priority.body.id,
    standardSetId: set.id,
    version: '1',
    clientId,
    staffMemberId: (await signedInPerson(service, { name: `Kim ${HOSTILE}` })).id,
    proposalId: proposal.body.id,
  };
  const special: Special = specialPages({
    open: open.id,
    closed: closed.id,
    released: released.id,
    draftTheme: draftTheme.id,
    loopRecord: loopRecord.id,
    draftLoopRecord: draftLoopRecord.id,
    textId,
  });
  return {
    secrets: [SECRET],
    hrefOf: (path) => {
      const own = special[path] ?? {};
      if (typeof own === 'string') return own;
      return path.replaceAll(/:(\w+)/g, (_, name: string) => {
        const value = own[name] ?? usual[name];
        if (value === undefined) throw new Error(`${path}: nothing stands for :${name} here`);
        return value;
      });
    },
  };
}

function specialPages(ids: {
  open: string;
  closed: string;
  released: string;
  draftTheme: string;
  loopRecord: string;
  draftLoopRecord: string;
  textId: string;
}): Special {
  const draftLoopRecord = { loopRecordId: ids.draftLoopRecord };
  const place = `organisation=RHA&cycle=${ids.open}`;
  return {
    '/console/cycles/:cycleId/close': { cycleId: ids.open },
    '/console/cycles/:cycleId/end-legal-hold': { cycleId: ids.closed },
    '/console/cycles/:cycleId/legal-hold': { cycleId: ids.open },
    '/console/loop-records/:loopRecordId/preview': draftLoopRecord,
    '/console/loop-records/:loopRecordId/publish': draftLoopRecord,
    '/console/loop-records/:loopRecordId/we-did': draftLoopRecord,
    '/console/loop-records/:loopRecordId/you-said': draftLoopRecord,
    '/console/loop-records/poster': `/console/loop-records/poster?cycle=${ids.open}`,
    '/console/loop-records/poster/print': `/console/loop-records/poster/print?organisation=RHA&record=${ids.loopRecord}`,
    '/console/standards/:standardSetId/compare': '/console/standards/fft/compare?from=1&to=1',
    '/console/priorities/new': `/console/priorities/new?${place}`,
    '/console/themes': `/console/themes?${place}`,
    '/console/themes/:themeId/publish': { themeId: ids.draftTheme },
    '/console/themes/assign': `/console/themes/assign?${place}`,
    '/console/themes/new': `/console/themes/new?${place}&text=${ids.textId}`,
    '/console/themes/texts/:textId': `/console/themes/texts/${ids.textId}?${place}`,
    '/console/cycles/:cycleId/release': { cycleId: ids.closed },
    '/console/cycles/:cycleId/release/propose': { cycleId: ids.closed },
    '/console/cycles/:cycleId/release/:proposalId/confirm': { cycleId: ids.closed },
    '/console/cycles/:cycleId/release/:proposalId/withdraw': { cycleId: ids.closed },
    '/console/cycles/:cycleId/released': { cycleId: ids.released },
    ...resultPages(ids.released),
  };
}

function resultPages(cycleId: string): Special {
  const base = '/console/results/:cycleId';
  const paths = ['', '/groups', '/releases', '/about-this-evaluation', '/equality', '/themes'];
  return {
    ...Object.fromEntries(paths.map((path) => [`${base}${path}`, { cycleId }])),
    [`${base}/standards/:standard`]: { cycleId, standard: 'overall-experience' },
    [`${base}/about-this-evaluation/:standard`]: { cycleId, standard: 'safe' },
  };
}
