import { getModerationProgress, getModerationText } from '../../../api/moderation/contract.ts';
import { formPage, Redirect, type Visit } from '../../page.tsx';
import { decideAndGoOn, fieldOf, labels, REVISES, toDecision } from './decide.ts';
import { choicesFor, DecisionForm } from './decision-form.tsx';
import { initialFields } from './initial-fields.ts';
import { DECIDED, hrefAt, placeOf, QUEUE, textHref } from './place.ts';
import { WAITING, WAS } from './quicker.tsx';
import { reasonOf } from './reasons.ts';
import { HowFar, TextShown } from './text-shown.tsx';

/** The text of a page's path. */
export async function loadText({ api, params }: Visit) {
  const { body } = await api.call(getModerationText, { params: { textId: params.textId ?? '' } });
  return body;
}

/** Leads back to where the text was come from. */
export function backFrom(visit: Visit) {
  const place = placeOf(visit);
  return place.isOfList
    ? { href: hrefAt(DECIDED, { ...place, isOfList: false }), text: 'Decided texts' }
    : { href: hrefAt(QUEUE, place), text: 'The next text' };
}

/** One text to decide on, or to decide on anew. */
export const textPage = formPage({
  path: '/console/moderation/texts/:textId',
  roles: ['moderator'],
  labels,
  fieldOf,
  async load(visit) {
    const text = await loadText(visit);
    const { body } = await visit.api.call(getModerationProgress, { query: { cycle: text.cycle } });
    return { text, progress: body.items };
  },
  initial: ({ text }) => initialFields(text),
  show: ({ visit, loaded: { text, progress }, fields, errors }) => {
    const place = placeOf(visit);
    const keys = { ...place, hasKeys: place.hasKeys || fields.raw('keys') === 'on' };
    return {
      title: text.decision === null ? 'Read and decide' : 'Change a decision',
      back: backFrom(visit),
      body: (
        <>
          {text.decision === null && <HowFar progress={progress} />}
          <TextShown text={text} isOpen={!errors.isEmpty} />
          {choicesFor(text).length === 0 ? (
            <p>Nothing can be changed about this decision.</p>
          ) : (
            <DecisionForm text={text} place={keys} fields={fields} errors={errors} next={null} />
          )}
        </>
      ),
    };
  },
  save: async (visit, fields) => {
    const place = { ...placeOf(visit), hasKeys: fields.raw('keys') === 'on' };
    const { textId = '' } = visit.params;
    const decision = toDecision(fields.raw('decision'));
    if (decision === undefined)
      return [{ field: 'decision', text: 'Select what should become of it' }];
    if (decision === 'redact' || decision === 'delete')
      return new Redirect(
        textHref(textId, place, decision, { [WAS]: fields.raw(REVISES) || WAITING }),
      );
    const reason = reasonOf(fields, decision);
    if (typeof reason !== 'string') return reason;
    return decideAndGoOn(visit, fields, place, { decision, reason });
  },
});
