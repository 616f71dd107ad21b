import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../api/http/network.ts';

describe('the network of an address', () => {
  it.each([
    // All of an IPv4 address: a building often has one for everybody.
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    // The same address, written as IPv6.
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    // The first 64 bits of an IPv6 address: what comes after, its owner can change at will.
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2:FFFF:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1::', '2001:db8:0:0'],
    ['2001::2:3:4:5:6:7', '2001:0:2:3'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('%j is %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  /** An IPv6 address in one of the ways to write it. */
  const group = fc.integer({ min: 0, max: 0xffff });
  const written = (groups: readonly number[]) =>
    fc
      .tuple(fc.boolean(), fc.boolean(), fc.nat(7), fc.nat(8))
      .map(([isPadded, isUpper, from, length]) => {
        const texts = groups.map((value) => value.toString(16).padStart(isPadded ? 4 : 1, '0'));
        const zeros = groups.slice(from, from + length);
        const canShorten = zeros.length > 0 && zeros.every((value) => value === 0);
        const text = canShorten
          ? `${texts.slice(0, from).join(':')}::${texts.slice(from + length).join(':')}`
          : texts.join(':');
        return isUpper ? text.toUpperCase() : text;
      });
  const sparse = fc.array(fc.oneof(fc.constant(0), group), { minLength: 8, maxLength: 8 });

  it('is the same however an IPv6 address is written', () => {
    fc.assert(
      fc.property(
        sparse.chain((groups) => fc.tuple(fc.constant(groups), written(groups))),
        ([groups, text]) => {
          const expected = groups.slice(0, 4).map((value) => value.toString(16));
          expect(networkOf(text)).toBe(expected.join(':'));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...':.%/ 0fFg\n😀'), maxLength: 60 }),
        (text) => {
          expect(typeof networkOf(text)).toBe('string');
        },
      ),
    );
    for (const text of [':', ':::', '1::2::3', '1:2:3:4:5:6:7:8:9', ':'.repeat(1000)])
      expect(typeof networkOf(text)).toBe('string');
  });
});
