import { Button } from '../../components/Button.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { page } from '../../page.tsx';
import { hrefOf, isChangeable, loadManaged } from './load-cycle.ts';
import { partsOf } from './summary.tsx';

const title = 'Check what you have set up';

export const checkCyclePage = page(
  '/console/cycles/:cycleId/check',
  ['administrator'],
  async (visit) => {
    const { cycle } = await loadManaged(visit);
    const parts = partsOf(cycle, visit.now);
    const missing = parts.filter(({ status }) => status === 'needed');
    const canSchedule = cycle.phase === 'draft' && new Date(cycle.opensAt) > visit.now;
    const canOpen = isChangeable(cycle);
    return {
      title,
      back: { href: hrefOf(cycle), text: 'The evaluation cycle' },
      done: visit.query.get('done') === 'saved' ? 'Saved.' : undefined,
      body: (
        <>
          <h1 class="nhsuk-heading-l">{title}</h1>
          <SummaryList
            rows={parts.map(({ heading, value, task }) => ({
              key: heading,
              value,
              actions: canOpen
                ? [
                    {
                      text: 'Change',
                      href: `${hrefOf(cycle, task)}?from=check`,
                      visuallyHiddenText: heading.toLowerCase(),
                    },
                  ]
                : [],
            }))}
          />
          <p>
            <a href={hrefOf(cycle, 'preview')}>See what people will see</a>
          </p>
          {missing.length > 0 && (
            <p>Before it can open, change: {missing.map(({ heading }) => heading).join(', ')}.</p>
          )}
          {missing.length === 0 && canOpen && (
            <div class="fc-actions">
              {canSchedule && <Button href={hrefOf(cycle, 'schedule')}>Schedule it</Button>}
              <Button href={hrefOf(cycle, 'open')} variant={canSchedule ? 'secondary' : undefined}>
                Open it now
              </Button>
            </div>
          )}
        </>
      ),
    };
  },
);
