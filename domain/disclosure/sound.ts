import { sumOf } from './measure.ts';
import type { Policy } from './presets.ts';
import type { Counted, Shape } from './publish.ts';

/**
 * Whether the rules hold for what they are given. A count of a group that the cycle does not have would be in no sum, two of
 * the same group would be one, a policy that is no number would compare with nothing: each could let through what is to
 * be hidden.
 */
export function isSound(shape: Shape, counted: readonly Counted[], policy: Policy): boolean {
  const { threshold, roundTo } = policy;
  const levelCount = shape.scale.max - shape.scale.min + 1;
  const isWhole = (count: number) => Number.isSafeInteger(count) && count >= 0;
  const lines = new Set([
    ...shape.organisations.map((organisation) => JSON.stringify([organisation, null])),
    ...shape.services.map(({ odsCode, code }) => JSON.stringify([odsCode, code])),
  ]);
  const seen = new Set<string>();
  return (
    [threshold, roundTo].every((each) => isWhole(each) && each >= 1) &&
    counted.every(({ organisation, service, perspective, standard, asIs, toBe }) => {
      const key = JSON.stringify([organisation, service, perspective, standard]);
      const isNew = !seen.has(key);
      seen.add(key);
      return (
        isNew &&
        lines.has(JSON.stringify([organisation, service])) &&
        shape.perspectives.includes(perspective) &&
        shape.standards.includes(standard) &&
        [asIs, toBe].every((levels) => levels.length === levelCount && levels.every(isWhole)) &&
        sumOf(toBe) <= sumOf(asIs)
      );
    })
  );
}
