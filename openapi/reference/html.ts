/** Markup that is ready to be sent. Everything else is escaped on its way into a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | undefined | readonly Part[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function render(part: Part): string {
  if (part === null || part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return escaped(`${part}`);
}

/** Markup from a template: what is put in is escaped, unless it is markup already. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(render)));
}

/** Parts with something between them. */
export function joined(parts: readonly Part[], between: string): Part[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]));
}

/** A sentence as the contracts write it: `backticks` mark code. */
export function prose(text: string): Html {
  const pieces = text.split('`');
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

/** A path as code, which may break after its steps. */
export function pathCode(path: string): Html {
  const steps = path.split(/(?<=[./]\b)/);
  return html`<code>${steps.map((step, index) => (index === 0 ? step : html`<wbr>${step}`))}</code>`;
}

/** Something to copy. It wraps rather than scrolls, so that it can be read on a narrow screen. */
export function example(text: string): Html {
  return html`<pre><code>${text}</code></pre>\n`;
}

export function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
