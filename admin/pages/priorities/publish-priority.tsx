import { publishPriority } from '../../../api/priorities/contract.ts';
import { ApiProblem } from '../../api-client.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { loadPriority, PriorityAsRead } from './priority.tsx';
import { hasNews, priorityHref } from './priority-words.tsx';

export const publishPriorityPage = formPage({
  path: '/console/priorities/:priorityId/publish',
  roles: ['moderator'],
  load: loadPriority,
  initial: ({ version }) => Fields.of({ version }),
  show: ({ loaded: priority, fields, errors }) => ({
    title: 'Publish these priorities?',
    back: { href: priorityHref(priority.id), text: 'Priorities of a cycle' },
    body: (
      <>
        <UrgentHelp />
        <h1 class="nhsuk-heading-l">Publish these priorities?</h1>
        <p>
          Anybody can read them then. They can be changed and published again, and every version
          that was published is kept.
        </p>
        <Card heading="What people will read">
          <PriorityAsRead priority={priority} />
        </Card>
        {hasNews(priority) ? (
          <Form hidden={{ version: errors.isStale ? priority.version : fields.raw('version') }}>
            <Button preventDoubleClick>Publish</Button>
          </Form>
        ) : (
          <p>They are published as they are. There is nothing new to publish.</p>
        )}
      </>
    ),
  }),
  async save({ api, params }, fields) {
    const priorityId = params.priorityId ?? '';
    const version = fields.wholeNumber('version') ?? 0;
    try {
      await api.call(publishPriority, { params: { priorityId }, version });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'wrong-phase') throw error;
      return [
        {
          field: null,
          text: 'A theme in the ranking was withdrawn or merged into another. Change the priorities first: it is left out of the ranking there.',
        },
      ];
    }
    return new Redirect(`${priorityHref(priorityId)}?done=published`);
  },
});
