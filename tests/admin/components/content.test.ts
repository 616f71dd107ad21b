import { raw } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { BackLink } from '../../../admin/components/BackLink.tsx';
import { Breadcrumb } from '../../../admin/components/Breadcrumb.tsx';
import { Button } from '../../../admin/components/Button.tsx';
import { Card } from '../../../admin/components/Card.tsx';
import { ContentsList } from '../../../admin/components/ContentsList.tsx';
import { Details } from '../../../admin/components/Details.tsx';
import { ErrorSummary } from '../../../admin/components/ErrorSummary.tsx';
import { InsetText } from '../../../admin/components/InsetText.tsx';
import { NotificationBanner } from '../../../admin/components/NotificationBanner.tsx';
import { Pagination } from '../../../admin/components/Pagination.tsx';
import { Panel } from '../../../admin/components/Panel.tsx';
import type { Content } from '../../../admin/components/parts.ts';
import { SkipLink } from '../../../admin/components/SkipLink.tsx';
import { SummaryList } from '../../../admin/components/SummaryList.tsx';
import { Table } from '../../../admin/components/Table.tsx';
import { Tabs } from '../../../admin/components/Tabs.tsx';
import { Tag } from '../../../admin/components/Tag.tsx';
import { TaskList } from '../../../admin/components/TaskList.tsx';
import { WarningCallout } from '../../../admin/components/WarningCallout.tsx';
import { bodyOf, content, itRendersAsThePackage, type Options } from '../support/fixtures.ts';

itRendersAsThePackage(
  'button',
  (context, block) => Button({ ...context, children: bodyOf(context, block) }),
  [[/icon/, 'words do']],
);

itRendersAsThePackage(
  'back-link',
  (context, block) => BackLink({ ...context, children: bodyOf(context, block) }),
  [
    [/as a button|^with/, 'a way back is a link: these have no href'],
    [/reverse/, 'no page is dark'],
  ],
);

itRendersAsThePackage('breadcrumb', ({ items }) => Breadcrumb({ items }), [
  [/attributes|reverse|with back link/, 'one look, and no words or attributes of its own'],
]);

itRendersAsThePackage('error-summary', (context, block) =>
  ErrorSummary({
    ...context,
    heading: content(context.heading),
    errors: (context.errorList ?? [])
      .filter(Boolean)
      .map((item: Options) => ({ text: content(item), href: item.href })),
    children: block === undefined ? content(context.description) : raw(block),
  }),
);

itRendersAsThePackage('inset-text', (context, block) =>
  InsetText({ children: bodyOf(context, block) }),
);

itRendersAsThePackage('warning-callout', (context, block) =>
  WarningCallout({
    heading: content(context.heading) as string | undefined,
    headingLevel: context.heading?.level,
    children: bodyOf(context, block),
  }),
);

itRendersAsThePackage('details', (context, block) =>
  Details({
    summary: content(context.summary),
    children: bodyOf(context, block),
    open: context.open,
    expander: context.classes === 'nhsuk-expander',
  }),
);

itRendersAsThePackage(
  'notification-banner',
  (context, block) =>
    NotificationBanner({
      ...context,
      title: content(context.title),
      heading: content(context.heading),
      children: bodyOf(context, block),
    }),
  [
    [/custom tabindex/, 'attributes of its own have no use'],
    [/paragraph with heading class/, 'a heading is a heading'],
  ],
);

itRendersAsThePackage(
  'panel',
  (context, block) =>
    Panel({
      ...context,
      heading: content(context.heading),
      headingLevel: context.heading.level,
      headingSize: context.heading.size,
      children: bodyOf(context, block),
    }),
  [
    [/heading classes/, 'the size says the same'],
    [/id attribute/, 'nothing links to a panel'],
  ],
);

itRendersAsThePackage(
  'pagination',
  (context) => {
    const link = (option: Options) => option && { ...option, label: content(option.label) };
    return Pagination({ ...context, previous: link(context.previous), next: link(context.next) });
  },
  [[/deprecated/, 'the options of today do the same']],
);

itRendersAsThePackage('contents-list', (context) => ContentsList(context), [
  [/nested/, 'no list of the console has levels'],
]);

itRendersAsThePackage('skip-link', (context) => SkipLink(context));

itRendersAsThePackage(
  'tag',
  (context, block) => Tag({ ...context, children: bodyOf(context, block) }),
  [[/colour class overriding/, 'the colour is given once']],
);

itRendersAsThePackage(
  'task-list',
  (context) =>
    TaskList({
      idPrefix: context.idPrefix,
      items: context.items.map(
        (item: Options) =>
          item && {
            href: item.href,
            heading: content(item.heading ?? item.title),
            hint: content(item.hint),
            status: item.status?.tag
              ? Tag({ ...item.status.tag, children: content(item.status.tag) })
              : content(item.status),
          },
      ),
    }),
  [[/deprecated status classes/, 'a status is a tag or plain text']],
);

itRendersAsThePackage('tabs', (context) =>
  Tabs({
    ...context,
    title: context.visuallyHiddenText,
    items: context.items.map((item: Options) => ({
      ...item,
      panel: item.panel.text ? raw(`<p>${item.panel.text}</p>`) : content(item.panel),
    })),
  }),
);

const actionsOf = (option: Options) =>
  ((Array.isArray(option) ? option : option?.items) ?? []).filter(Boolean);

const cardOf = (context: Options) => ({
  ...context,
  heading: content(context.heading),
  headingLevel: context.heading?.level,
  headingSize: context.heading?.size,
  headingClasses: context.heading?.classes,
  headingId: context.heading?.id,
  actions: actionsOf(context.actions),
});

itRendersAsThePackage(
  'card',
  (context, block) => {
    const html = context.description?.html ?? context.descriptionHtml;
    let children: Content = html && raw(html);
    if (block !== undefined) children = raw(block);
    const description = html ? undefined : content(context.description);
    return Card({ ...cardOf(context), description, children });
  },
  [
    [/emergency|urgent/, 'the console advises nobody on care'],
    [/image/, 'no card has a picture'],
  ],
);

itRendersAsThePackage(
  'summary-list',
  (context) =>
    SummaryList({
      ...context,
      card: context.card && cardOf(context.card),
      rows: context.rows.map((row: Options) => ({
        ...row,
        key: content(row.key),
        value: content(row.value),
        actions: actionsOf(row.actions),
      })),
    }),
  [
    [/item widths/, 'the widths of the package do'],
    [/emergency|urgent/, 'the console advises nobody on care'],
    [/custom HTML/, 'a card holds the list and nothing else'],
  ],
);

const rowOf = (row: Options[]) =>
  row?.map?.((cell) =>
    typeof cell === 'object' ? { ...cell, content: content(cell) ?? '' } : cell,
  );

itRendersAsThePackage(
  'tables',
  (context) => {
    const table = Table({
      ...context,
      caption: content(context.caption),
      captionSize: context.caption?.size ?? context.captionSize,
      captionClasses: context.caption?.classes,
      head: rowOf(context.head),
      rows: context.rows.map(rowOf),
    });
    return context.card ? Card({ ...cardOf(context.card), children: table }) : table;
  },
  [
    [/^scrolling|sortable/, 'tables are short, and in the order of the API'],
    [/reverse/, 'no page is dark'],
    [/deprecated/, 'the options of today do the same'],
  ],
);

describe('what people wrote stays text', () => {
  it('escapes text and keeps JSX', () => {
    const text = '<b>"&\'</b>';
    expect(`${Tag({ children: text })}`).toContain('&lt;b&gt;&quot;&amp;&#39;&lt;/b&gt;');
    expect(`${Table({ caption: 'x', rows: [[text]] })}`).not.toContain('<b>');
    expect(`${Tag({ children: raw('<b>x</b>') })}`).toContain('<b>x</b>');
  });
});
