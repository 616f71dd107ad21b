/** A theme in a ranking: its place as somebody typed it; null where it has none. */
export interface Placed {
  theme: string;
  place: number | null;
}

/** Those with a place, in its order; of two with one place, the one that was listed first. Then those without, as listed. */
export function inOrder<Item extends Placed>(items: readonly Item[]): Item[] {
  const last = Number.POSITIVE_INFINITY;
  // Sorting keeps the order of equals.
  return [...items].sort((one, other) => {
    const [here, there] = [one.place ?? last, other.place ?? last];
    return here === there ? 0 : here - there;
  });
}

/** The same with places 1, 2, 3 and so on: no gaps, and none twice. */
export function renumbered<Item extends Placed>(items: readonly Item[]): Item[] {
  return inOrder(items).map((item, index) => ({
    ...item,
    place: item.place === null ? null : index + 1,
  }));
}

/** The same with one theme a place up or down; one without a place comes last of those that have one. */
export function moved<Item extends Placed>(
  items: readonly Item[],
  theme: string,
  direction: 'up' | 'down',
): Item[] {
  const ordered = renumbered(items);
  const count = ordered.filter(({ place }) => place !== null).length;
  const from = ordered.find((item) => item.theme === theme)?.place;
  if (from === undefined) return ordered;
  if (from === null)
    return renumbered(
      ordered.map((item) => (item.theme === theme ? { ...item, place: count + 1 } : item)),
    );
  const to = Math.min(count, Math.max(1, direction === 'up' ? from - 1 : from + 1));
  return inOrder(
    ordered.map((item) => {
      if (item.theme === theme) return { ...item, place: to };
      return item.place === to ? { ...item, place: from } : item;
    }),
  );
}

/** What is wrong with places: each theme whose place stands further up already, and the first place that nothing has. */
export function faultsOf(items: readonly Placed[]): {
  repeated: readonly Placed[];
  missing: number | null;
} {
  const placed = items.filter(({ place }) => place !== null);
  const places = placed.map(({ place }) => place);
  const repeated = placed.filter(({ place }, index) => places.indexOf(place) < index);
  const highest = Math.max(0, ...places.map(Number));
  const all = Array.from({ length: Math.min(highest, placed.length + 1) }, (_, index) => index + 1);
  return { repeated, missing: all.find((place) => !places.includes(place)) ?? null };
}
