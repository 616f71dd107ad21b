/**
 * Makes words that are checkboxes in labels as easy to mark as text: by dragging over them, or with the arrow
 * keys, held together with Shift to mark what is passed. One of the words is in the tab order, as in one field.
 */
export function selectWords(container: HTMLElement): void {
  const labels = [...container.querySelectorAll<HTMLElement>('label')];
  const boxes = labels.flatMap((label) => label.querySelector<HTMLInputElement>('input') ?? []);
  if (boxes.length === 0) return;
  container.classList.add('fc-words--script');
  const count = document.createElement('p');
  count.setAttribute('role', 'status');
  count.className = 'nhsuk-hint fc-words__count';
  container.after(count);

  const tellCount = () => {
    const marked = boxes.filter(({ checked }) => checked).length;
    count.textContent = marked === 1 ? '1 word marked' : `${marked} words marked`;
  };
  const wordAt = (target: EventTarget | null) =>
    labels.findIndex((label) => target instanceof Node && label.contains(target));
  const enter = (index: number) => {
    for (const [at, box] of boxes.entries()) box.tabIndex = at === index ? 0 : -1;
  };

  moveByKeys(container, boxes, labels, enter, tellCount);
  markByDragging(container, boxes, wordAt, tellCount);
  container.addEventListener('focusin', ({ target }) => enter(Math.max(0, wordAt(target))));
  container.addEventListener('change', tellCount);
  enter(0);
  tellCount();
}

function moveByKeys(
  container: HTMLElement,
  boxes: readonly HTMLInputElement[],
  labels: readonly HTMLElement[],
  enter: (index: number) => void,
  tellCount: () => void,
): void {
  container.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const from = boxes.indexOf(event.target as HTMLInputElement);
    const to = from === -1 ? undefined : targetOf(event.key, from, labels);
    const box = boxes[to ?? -1];
    const start = boxes[from];
    if (to === undefined || !box || !start) return;
    event.preventDefault();
    if (event.shiftKey) {
      // What is passed becomes marked; going back over it unmarks it again.
      const isBack = box.checked && start.checked;
      const passed = boxes.slice(Math.min(from, to), Math.max(from, to) + 1);
      for (const each of passed) each.checked = !isBack || each === box;
      tellCount();
    }
    enter(to);
    box.focus();
  });
}

/** The word that a key leads to from another, or nothing for other keys. */
function targetOf(key: string, from: number, labels: readonly HTMLElement[]): number | undefined {
  const last = labels.length - 1;
  if (key === 'ArrowRight') return Math.min(last, from + 1);
  if (key === 'ArrowLeft') return Math.max(0, from - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  return wordInNextLine(
    labels.map((label) => label.getBoundingClientRect()),
    from,
    key === 'ArrowDown' ? 1 : -1,
  );
}

/** The word right below (or above) another one, in the nearest line that has words; itself where there is none. */
export function wordInNextLine(
  places: readonly { top: number; left: number; right: number; height: number }[],
  from: number,
  direction: 1 | -1,
): number {
  const here = places[from];
  if (!here) return from;
  const middle = (here.left + here.right) / 2;
  const distances = places.map(({ top, left, right }, index) => ({
    index,
    lines: ((top - here.top) * direction) / here.height,
    across: Math.max(left - middle, middle - right, 0),
  }));
  const beyond = distances.filter(({ lines }) => lines > 0.5);
  const nearest = Math.min(...beyond.map(({ lines }) => lines));
  const line = beyond.filter(({ lines }) => lines < nearest + 0.5);
  return line.sort((one, other) => one.across - other.across)[0]?.index ?? from;
}

function markByDragging(
  container: HTMLElement,
  boxes: readonly HTMLInputElement[],
  wordAt: (target: EventTarget | null) => number,
  tellCount: () => void,
): void {
  let drag: { from: number; before: boolean[]; hasMoved: boolean } | undefined;
  container.addEventListener('pointerdown', (event) => {
    const from = wordAt(event.target);
    // A finger scrolls; it marks words by tapping them.
    if (from === -1 || event.button !== 0 || event.pointerType === 'touch') return;
    drag = { from, before: boxes.map(({ checked }) => checked), hasMoved: false };
  });
  container.addEventListener('pointerover', (event) => {
    const to = wordAt(event.target);
    if (!drag || to === -1 || (to === drag.from && !drag.hasMoved)) return;
    drag.hasMoved = true;
    const { from, before } = drag;
    const mark = !before[from];
    for (const [at, box] of boxes.entries()) {
      const isInside = at >= Math.min(from, to) && at <= Math.max(from, to);
      box.checked = isInside ? mark : (before[at] ?? false);
    }
    tellCount();
  });
  // The click after a drag would toggle the word once more.
  container.addEventListener(
    'click',
    (event) => {
      if (drag?.hasMoved && wordAt(event.target) !== -1) event.preventDefault();
      drag = undefined;
    },
    { capture: true },
  );
  document.addEventListener('pointerup', () => {
    // After the click, which comes right behind.
    setTimeout(() => {
      drag = undefined;
    });
  });
}
