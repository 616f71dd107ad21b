import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import { describe, expect, it } from 'vitest';
import type { LabelOptions } from '../../../admin/components/Label.tsx';
import type { Content } from '../../../admin/components/parts.ts';
import { treeOf } from './markup.ts';

// biome-ignore lint/suspicious/noExplicitAny: options of macros, as different as their components
export type Options = any;

type Fixture = {
  name: string;
  description?: string;
  context: Options;
  callBlock?: string;
  html: string;
};

/** What a macro takes as a text, as `{ text }` or as `{ html }`. */
export function content(option: Options): Content {
  if (option === undefined || typeof option === 'string') return option;
  return option.html === undefined ? option.text : raw(option.html);
}

/** A label, or a legend, of a macro as ours. */
export function labelOf(option: Options = {}): LabelOptions {
  if (typeof option === 'string') return { text: option };
  const heading = typeof option.heading === 'string' ? { text: option.heading } : option.heading;
  const isHeading = option.isPageHeading ?? Boolean(heading);
  return {
    text: content(option) ?? content(heading === true ? {} : heading),
    size: (isHeading ? heading?.size : undefined) ?? option.size,
    headingLevel: isHeading ? (heading?.level ?? 1) : undefined,
    caption: content(option.caption),
    classes: option.classes,
    id: option.id,
  };
}

/** The error of a field. */
export function errorOf({ errorMessage }: Options): string | undefined {
  return typeof errorMessage === 'object' ? errorMessage.text : errorMessage;
}

/** The HTML block or the text or the HTML that a macro is called with. */
export function bodyOf(context: Options, callBlock: string | undefined): Content {
  return callBlock === undefined ? content(context) : raw(callBlock);
}

/**
 * Compares a component with the examples the package publishes for it, in markup. Those that match
 * `skipped` use options that the console has no use for, each with the reason; `expected` takes out of the
 * package's markup what the console may not show.
 */
export function itRendersAsThePackage(
  component: string,
  render: (context: Options, callBlock: string | undefined) => unknown,
  skipped: readonly [pattern: RegExp, reason: string][] = [],
  expected: (html: string) => string = (html) => html,
): void {
  const file = `../../../node_modules/nhsuk-frontend/dist/nhsuk/components/${component}/fixtures.json`;
  const { fixtures } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as {
    fixtures: Fixture[];
  };
  const titled = fixtures.map((fixture) => ({
    ...fixture,
    title: [fixture.name, fixture.description].filter(Boolean).join(' '),
  }));
  const isSkipped = (title: string) => skipped.some(([pattern]) => pattern.test(title));
  describe(`${component} has the markup of the package`, () => {
    for (const { title, context, callBlock, html } of titled.filter((f) => !isSkipped(f.title))) {
      it(title, () => {
        expect(treeOf(`${render(context, callBlock)}`)).toBe(treeOf(expected(html)));
      });
    }
    it('skips no example that is not there', () => {
      for (const [pattern] of skipped)
        expect(
          titled.some(({ title }) => pattern.test(title)),
          `${pattern}`,
        ).toBe(true);
    });
  });
}
