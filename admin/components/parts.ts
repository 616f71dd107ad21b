import type { Child } from 'hono/jsx';

/** What a page puts into a component: text, which is escaped, or JSX. */
export type Content = Child;

/** Attributes a page adds for itself, such as `form` or `data-shortcut`. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** The level of a heading in the outline of the page. */
export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6;

/** What two headings, two labels or two legends can differ in. */
export type Size = 's' | 'm' | 'l' | 'xl';

/** Whether there is something to show. */
export function isShown(content: Content): boolean {
  return !(content === undefined || content === null || content === false || content === '');
}

/** The value of a `class` or `aria-describedby` attribute: the parts that apply, or nothing at all. */
export function joined(...parts: readonly (string | false | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(' ') || undefined;
}

/** An id that fits in a fragment and a selector, from the name of a field such as `answers/0.text`. */
export function idOf(name: string): string {
  return name.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-|-$/g, '');
}

/** The tag of a heading. */
export function headingTag(level: HeadingLevel): 'h1' {
  return `h${level}` as 'h1';
}
