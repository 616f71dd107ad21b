/**
 * What was typed into a form, by the names of its fields. A field is named by its place in the body that it becomes, with dots:
 * `questions.0.prompt` is `/questions/0/prompt`, so that a refusal of the API finds its field.
 */
export class Fields {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  private constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  static of(
    values: Record<string, string | number | readonly string[] | null | undefined>,
  ): Fields {
    const entries = Object.entries(values)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? value : [String(value)]] as const);
    return new Fields(new Map(entries));
  }

  /** Browsers send line ends as CR LF (HTML standard, form submission); everything here has LF. */
  static from(sent: Iterable<readonly [string, string]>): Fields {
    const values = new Map<string, string[]>();
    for (const [name, value] of sent) {
      const text = value.replaceAll('\r\n', '\n');
      values.set(name, [...(values.get(name) ?? []), text]);
    }
    return new Fields(values);
  }

  /** The text of a field without the blanks around it; empty where it was left empty. */
  text(name: string): string {
    return (this.#values.get(name)?.[0] ?? '').trim();
  }

  /** The same, or null where it was left empty. */
  textOrNull(name: string): string | null {
    return this.text(name) || null;
  }

  /** What was typed, to be shown again as it is. */
  raw(name: string): string {
    return this.#values.get(name)?.[0] ?? '';
  }

  /** A whole number; null where it is none. */
  wholeNumber(name: string): number | null {
    const text = this.text(name);
    return /^-?\d{1,9}$/.test(text) ? Number(text) : null;
  }

  /** Every value of a field that can be chosen more than once, and is not empty. */
  all(name: string): readonly string[] {
    return (this.#values.get(name) ?? []).filter((value) => value !== '');
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The fields below a place that counts from 0, one item each: those of `questions.0`, `questions.1`. */
  items(prefix: string): Fields[] {
    const items = new Map<number, Map<string, readonly string[]>>();
    for (const [name, values] of this.#values) {
      const match =
        name.startsWith(`${prefix}.`) && /^(\d{1,3})\.(.+)$/.exec(name.slice(prefix.length + 1));
      if (!match) continue;
      const [, index = '', member = ''] = match;
      const item = items.get(Number(index)) ?? new Map<string, readonly string[]>();
      item.set(member, values);
      items.set(Number(index), item);
    }
    return [...items].sort(([one], [other]) => one - other).map(([, item]) => new Fields(item));
  }

  /** The same with other values for some fields. */
  with(values: Record<string, string | readonly string[]>): Fields {
    const entries = Object.entries(values).map(
      ([name, value]) => [name, typeof value === 'string' ? [value] : value] as const,
    );
    return new Fields(new Map([...this.#values, ...entries]));
  }

  /** The same with one more item below a place that counts from 0, with these members still empty. */
  withItem(prefix: string, members: readonly string[]): Fields {
    const index = this.items(prefix).length;
    return this.with(
      Object.fromEntries(members.map((member) => [`${prefix}.${index}.${member}`, ''])),
    );
  }

  /** The same without one of the items below a place; those after it move up. */
  withoutItem(prefix: string, index: number): Fields {
    const others = [...this.#values].filter(([name]) => !name.startsWith(`${prefix}.`));
    const items = this.items(prefix)
      .filter((_, at) => at !== index)
      .flatMap((item, at) =>
        [...item.#values].map(([member, values]) => [`${prefix}.${at}.${member}`, values] as const),
      );
    return new Fields(new Map([...others, ...items]));
  }

  /** Every field with each of its values, to be carried on by another form. */
  entries(): [string, string][] {
    return [...this.#values].flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    );
  }
}
