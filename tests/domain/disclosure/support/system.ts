import loader from 'highs';

const highs = await loader({});
/** No group is larger than this: it stands for "as many as you like". */
export const MANY = 20_000;

/** A system of linear equations and inequalities in whole numbers. */
export class System {
  readonly bounds = new Map<string, [number, number]>();
  readonly constraints: string[] = [];

  variable(name: string, least = 0, greatest = MANY): string {
    const [was, wasMost] = this.bounds.get(name) ?? [0, MANY];
    this.bounds.set(name, [Math.max(was, least), Math.min(wasMost, greatest)]);
    return name;
  }

  /** @param terms factor and variable */
  require(terms: readonly (readonly [number, string])[], relation: '=' | '<=' | '>=', to: number) {
    this.constraints.push(` c${this.constraints.length}: ${sumText(terms)} ${relation} ${to}`);
  }

  solve(sense: 'Maximize' | 'Minimize', terms: readonly (readonly [number, string])[]) {
    const names = [...this.bounds.keys()];
    const bounds = [...this.bounds].map(([name, [from, to]]) => ` ${from} <= ${name} <= ${to}`);
    const solution = highs.solve(
      [
        ...[sense, ` obj: ${sumText(terms)}`, 'Subject To', ...this.constraints],
        ...['Bounds', ...bounds, 'Generals', ...names.map((name) => ` ${name}`), 'End'],
      ].join('\n'),
      { output_flag: false, mip_rel_gap: 0 },
    );
    if (solution.Status !== 'Optimal') return null;
    const columns = solution.Columns as Record<string, { Primal: number }>;
    return (name: string) => Math.round(columns[name]?.Primal ?? 0);
  }
}

function sumText(terms: readonly (readonly [number, string])[]): string {
  return terms
    .map(([factor, name]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`)
    .join('\n  ');
}
