import { describe, expect, it } from 'vitest';
import { QrCode } from '../../../admin/components/QrCode.tsx';

const address = 'https://feedback.example.nhs.uk/p/spring-2026';

/** The modules of a code that are black, by drawing its path: as `x,y`. */
function blackModules(svg: string): Set<string> {
  const d = /<path d="([^"]+)"/.exec(svg)?.[1] ?? '';
  const edges: { x: number; from: number; to: number }[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (nextX: number, nextY: number) => {
    if (nextY !== y) edges.push({ x, from: Math.min(y, nextY), to: Math.max(y, nextY) });
    [x, y] = [nextX, nextY];
  };
  for (const [, command = '', rest = ''] of d.matchAll(/([MLHVZhvlmz])([^MLHVZhvlmz]*)/g)) {
    const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
    const [one = 0, two = 0] = numbers;
    if (command === 'M' || command === 'm') {
      [x, y] = command === 'M' ? [one, two] : [x + one, y + two];
      [startX, startY] = [x, y];
    } else if (command === 'H') to(one, y);
    else if (command === 'h') to(x + one, y);
    else if (command === 'V') to(x, one);
    else if (command === 'v') to(x, y + one);
    else if (command === 'L' || command === 'l')
      for (let at = 0; at < numbers.length; at += 2) {
        const [dx = 0, dy = 0] = numbers.slice(at);
        if (command === 'L') to(dx, dy);
        else to(x + dx, y + dy);
      }
    else to(startX, startY);
  }
  const black = new Set<string>();
  for (let row = 0; row < 60; row++)
    for (let column = 0; column < 60; column++) {
      const crossed = edges.filter(
        (edge) => edge.x <= column && edge.from <= row && edge.to >= row + 1,
      );
      if (crossed.length % 2 === 1) black.add(`${column},${row}`);
    }
  return black;
}

describe('a QR code', () => {
  const svg = `${QrCode({ text: address, label: 'QR code of the address below' })}`;
  const size = Number(/viewBox="-4 -4 (\d+) /.exec(svg)?.[1]) - 8;

  it('is as large as a code of its kind, with four white modules around it', () => {
    expect((size - 17) % 4).toBe(0);
    expect(size).toBeGreaterThanOrEqual(21);
    expect(svg).toContain(
      `<rect x="-4" y="-4" width="${size + 8}" height="${size + 8}" fill="#fff"`,
    );
    for (const module of blackModules(svg)) {
      const [x = -1, y = -1] = module.split(',').map(Number);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x, y)).toBeLessThan(size);
    }
  });

  it('has a finder pattern in three of its corners and none in the fourth', () => {
    const black = blackModules(svg);
    const isFinder = (left: number, top: number) =>
      [0, 1, 2, 3, 4, 5, 6].every((y) =>
        [0, 1, 2, 3, 4, 5, 6].every((x) => {
          const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
          return black.has(`${left + x},${top + y}`) === (ring !== 2);
        }),
      );
    expect(isFinder(0, 0)).toBe(true);
    expect(isFinder(size - 7, 0)).toBe(true);
    expect(isFinder(0, size - 7)).toBe(true);
    expect(isFinder(size - 7, size - 7)).toBe(false);
  });

  it('is a picture with a name, without a style of its own', () => {
    expect(svg).toContain('role="img" aria-label="QR code of the address below"');
    expect(svg).not.toContain('style');
  });

  it('differs where the address does', () => {
    expect(`${QrCode({ text: `${address}x`, label: 'x' })}`).not.toBe(
      `${QrCode({ text: address, label: 'x' })}`,
    );
  });
});
