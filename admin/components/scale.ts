/** Where a value stands along an axis, in units of the picture; what lies outside the axis stands at its nearer end. */
export type Scale = (value: number) => number;

/**
 * The scale from `min` and `max` of what is shown to the two ends of an axis, which may run either way.
 *
 * @throws RangeError where the range is empty or has no number
 */
export function linearScale(
  { min, max }: { min: number; max: number },
  { from, to }: { from: number; to: number },
): Scale {
  if (!(max > min)) throw new RangeError('A scale needs a max above its min.');
  return (value) => {
    const share = Math.min(1, Math.max(0, (value - min) / (max - min)));
    return from + share * (to - from);
  };
}

/** The whole numbers from `min` to `max`, at most `most` of them, evenly apart. */
export function ticks({ min, max }: { min: number; max: number }, most = 11): number[] {
  const first = Math.ceil(min);
  const count = Math.floor(max) - first + 1;
  const step = Math.max(1, Math.ceil((count - 1) / (most - 1)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => first + index * step);
}

/**
 * Places for labels as near as can be to where they belong but `gap` apart, in the same order: labels that would lie upon
 * each other move apart together, and all stay between `from` and `to` where there is room.
 */
export function apart(
  places: readonly number[],
  gap: number,
  { from, to }: { from: number; to: number },
): number[] {
  const order = places.map((place, index) => ({ place, index }));
  order.sort((one, other) => one.place - other.place || one.index - other.index);
  // Each group is a run of labels that touch, centred on where they belong.
  const groups: { middle: number; members: number[] }[] = [];
  for (const { place, index } of order) {
    let group = { middle: place, members: [index] };
    for (let before = groups.at(-1); before !== undefined; before = groups.at(-1)) {
      const reach = ((before.members.length + group.members.length) * gap) / 2;
      if (group.middle - before.middle >= reach) break;
      groups.pop();
      const members = [...before.members, ...group.members];
      const total = members.reduce((sum, member) => sum + (places[member] ?? 0), 0);
      group = { middle: total / members.length, members };
    }
    groups.push(group);
  }
  const result = [...places];
  for (const { middle, members } of groups)
    for (const [at, member] of members.entries())
      result[member] = middle + (at - (members.length - 1) / 2) * gap;
  // What sticks out at an end pushes its neighbours inwards.
  let most = to;
  for (const { index } of order.toReversed()) {
    result[index] = Math.min(result[index] ?? 0, most);
    most = (result[index] ?? 0) - gap;
  }
  let least = from;
  for (const { index } of order) {
    result[index] = Math.max(result[index] ?? 0, least);
    least = (result[index] ?? 0) + gap;
  }
  return result;
}
