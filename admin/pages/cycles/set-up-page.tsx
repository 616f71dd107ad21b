import { changeCycle } from '../../../api/cycles/contract.ts';
import { Button } from '../../components/Button.tsx';
import type { Content } from '../../components/parts.ts';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import type { FormError, FormErrors } from '../../form-errors.ts';
import { formPage, type Page, Redirect, type Visit } from '../../page.tsx';
import { type Cycle, type CycleChange, hrefOf, isChangeable, loadManaged } from './load-cycle.ts';

export interface SetUpShown<More> {
  cycle: Cycle;
  more: More;
  visit: Visit;
  fields: Fields;
  errors: FormErrors;
}

export interface SetUpDeclaration<More> {
  /** The last part of its path. */
  task: string;
  title: string;
  labels: Readonly<Record<string, string>>;
  fieldOf?: (place: string) => string;
  /** What the page needs besides the cycle: one call of the API at most. */
  load?: (visit: Visit) => Promise<More>;
  /** Whether there is something left to change in this cycle; as long as it is not open, unless given. */
  isOpenTo?: (cycle: Cycle) => boolean;
  initial(cycle: Cycle): Record<string, string | number | readonly string[] | null>;
  /** The fields with the heading; the form and its button stand around them. */
  show(shown: SetUpShown<More>): Content;
  /** The change; errors; or fields to be shown again. */
  read(fields: Fields, visit: Visit): Promise<CycleChange | Fields | FormError[]>;
}

/** One task of setting up a cycle: a form that changes some members of it, and leads back to where it was asked for. */
export function setUpPage<More = null>(task: SetUpDeclaration<More>): Page {
  const isOpenTo = task.isOpenTo ?? isChangeable;
  return formPage({
    path: `/console/cycles/:cycleId/${task.task}`,
    roles: ['administrator'],
    labels: task.labels,
    ...(task.fieldOf && { fieldOf: task.fieldOf }),
    load: async (visit) => {
      const [loaded, more] = await Promise.all([loadManaged(visit), task.load?.(visit)]);
      return { ...loaded, more: more as More };
    },
    initial: ({ cycle, version }) => Fields.of({ ...task.initial(cycle), version }),
    show: ({ visit, loaded: { cycle, version, more }, fields, errors }) => ({
      title: task.title,
      back: cameFrom(visit, cycle),
      body: isOpenTo(cycle) ? (
        <Form hidden={{ version: errors.isStale ? version : fields.raw('version') }}>
          {task.show({ cycle, more, visit, fields, errors })}
          <Button preventDoubleClick name="action" value="save">
            Save
          </Button>
        </Form>
      ) : (
        <>
          <h1 class="nhsuk-heading-l">{task.title}</h1>
          <p>
            This can no longer be changed: people were asked, and what they were told then is a
            promise.
          </p>
        </>
      ),
    }),
    save: async (visit, fields) => {
      const read = await task.read(fields, visit);
      if (read instanceof Fields || Array.isArray(read)) return read;
      const { body } = await visit.api.call(changeCycle, {
        params: { cycleId: visit.params.cycleId ?? '' },
        body: read as CycleChange,
        version: fields.wholeNumber('version') ?? 0,
      });
      return new Redirect(`${cameFrom(visit, body).href}?done=saved`);
    },
  });
}

/** The task list, or the page on which all is checked. */
function cameFrom({ query }: Visit, cycle: Cycle): { href: string; text: string } {
  return query.get('from') === 'check'
    ? { href: hrefOf(cycle, 'check'), text: 'Check what you have set up' }
    : { href: hrefOf(cycle), text: 'The evaluation cycle' };
}
