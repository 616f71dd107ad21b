import { expect, it } from 'vitest';
import { publish } from '../../../domain/disclosure/publish.ts';
import { attack, solves } from './support/attacker.ts';
import { primaryOnly, randomCase, randomFrom, releaseOf } from './support/tables.ts';

it('try', () => {
  const random = randomFrom(1);
  let hid = 0,
    bad = 0,
    exact = 0,
    prim = 0,
    t0 = performance.now(),
    pubMs = 0,
    unsafe = 0,
    n = 0,
    secondary = 0;
  let min = 1e9;
  for (const depth of ['counts', 'answers'] as const) {
    const start = performance.now();
    const s0 = solves.count;
    for (let i = 0; i < 40; i++) {
      const policy = { threshold: random.of([5, 10]), roundTo: random.of([1, 1, 5]) };
      const c = randomCase(random, policy);
      const t = performance.now();
      const out = publish(c.shape, c.counted, policy, null);
      pubMs += performance.now() - t;
      n++;
      if (!out.safe) {
        unsafe++;
        continue;
      }
      secondary += out.hidden.filter((h) => h.why === 'protects_another').length;
      const iv = attack(releaseOf(c, out.rows), depth);
      hid += iv.length;
      for (const v of iv) {
        min = Math.min(min, v.greatest - v.least - policy.threshold);
        if (v.greatest - v.least < policy.threshold) {
          bad++;
          if (bad < 5) console.log(depth, policy, v);
        }
      }
      const pv = attack(releaseOf(c, primaryOnly(c, out.rows)), 'counts', 1);
      prim += pv.length;
      exact += pv.filter((v) => v.greatest === v.least).length;
    }
    console.log(depth, { ms: performance.now() - start, solves: solves.count - s0 });
  }
  console.log({ n, hid, bad, min, exact, prim, unsafe, secondary, pubMs });
}, 300000);
