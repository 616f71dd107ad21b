import { makeTransition } from '../../../api/cycles/contract.ts';
import type { Phase } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import type { Content } from '../../components/parts.ts';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, type Page, Redirect } from '../../page.tsx';
import { phaseWords } from '../../words.ts';
import { type Cycle, hrefOf, loadManaged } from './load-cycle.ts';

/** A step of a cycle from one phase to the next, confirmed on a page of its own. */
export function transitionPage(step: {
  /** The last part of its path. */
  task: string;
  to: 'scheduled' | 'open' | 'closed';
  /** The phases from which it can be taken. */
  from: readonly Phase[];
  title: string;
  /** Where one looks first. */
  back: 'check' | '';
  /** What follows from it. */
  consequences(cycle: Cycle): Content;
  button: string;
  /** Whether nothing brings it back. */
  isFinal: boolean;
  done: string;
}): Page {
  return formPage({
    path: `/console/cycles/:cycleId/${step.task}`,
    roles: ['administrator'],
    load: loadManaged,
    initial: ({ version }) => Fields.of({ version }),
    show: ({ loaded: { cycle, version }, fields, errors }) => ({
      title: step.title,
      back: {
        href: hrefOf(cycle, step.back),
        text: step.back === 'check' ? 'Check what you have set up' : 'The evaluation cycle',
      },
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{cycle.title}</span>
            {step.title}
          </h1>
          {step.from.includes(cycle.phase) ? (
            <Form hidden={{ version: errors.isStale ? version : fields.raw('version') }}>
              {step.consequences(cycle)}
              <Button variant={step.isFinal ? 'warning' : undefined} preventDoubleClick>
                {step.button}
              </Button>
            </Form>
          ) : (
            <p>This cannot be done now: the cycle is {phaseWords[cycle.phase].toLowerCase()}.</p>
          )}
        </>
      ),
    }),
    save: async ({ api, params }, fields) => {
      const { body } = await api.call(makeTransition, {
        params: { cycleId: params.cycleId ?? '' },
        body: { to: step.to },
        version: fields.wholeNumber('version') ?? 0,
      });
      return new Redirect(`${hrefOf(body)}?done=${step.done}`);
    },
  });
}
