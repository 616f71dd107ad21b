import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASSERTION_TYPE,
  type AssertionFault,
  faultBeforeClient,
  faultOfForm,
  faults,
  faultWithClient,
  rememberUntil,
} from '../../domain/client-assertion.ts';

const now = new Date(Date.UTC(2026, 10, 22, 9, 30));
const nowSeconds = now.getTime() / 1000;
const tokenUrl = 'https://full-circle.example.nhs.uk/oauth2/token';

/** Breaks one thing, and says with which refusal that is met. */
interface Breakage {
  fault: AssertionFault;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  client?: { isKnown?: boolean; isRevoked?: boolean; isJtiSpent?: boolean };
}

/**
 * The platform's order of checks; of those that stand in one list only one can be wrong at a time.
 * A client that is not known has no keys to check a signature with, so it is refused where `iss` is.
 */
const before: Breakage[][] = [
  [
    { fault: faults.algWrong, header: { alg: 'RS256' } },
    { fault: faults.algWrong, header: { alg: 'none' } },
    { fault: faults.algWrong, header: { alg: undefined } },
  ],
  [
    { fault: faults.expPast, claims: { exp: nowSeconds - 60 } },
    { fault: faults.expPast, claims: { exp: nowSeconds - 60.5 } },
    { fault: faults.expPast, claims: { exp: -1 } },
  ],
  [
    { fault: faults.kidMissing, header: { kid: undefined } },
    { fault: faults.kidMissing, header: { kid: '' } },
    { fault: faults.kidMissing, header: { kid: 7 } },
  ],
  [
    { fault: faults.typWrong, header: { typ: undefined } },
    { fault: faults.typWrong, header: { typ: 'at+jwt' } },
  ],
  [
    { fault: faults.expMissing, claims: { exp: undefined } },
    { fault: faults.expMissing, claims: { exp: null } },
    { fault: faults.expNotInteger, claims: { exp: String(nowSeconds + 60) } },
    { fault: faults.expNotInteger, claims: { exp: nowSeconds + 60.5 } },
    { fault: faults.expNotInteger, claims: { exp: true } },
    { fault: faults.expNotInteger, claims: { exp: 1e300 } },
  ],
  [
    { fault: faults.issuerWrong, claims: { iss: undefined } },
    { fault: faults.issuerWrong, claims: { sub: undefined } },
    { fault: faults.issuerWrong, claims: { sub: 'somebody-else' } },
    { fault: faults.issuerWrong, claims: { iss: ['demo-trust'], sub: ['demo-trust'] } },
    { fault: faults.issuerWrong, claims: { iss: '', sub: '' } },
  ],
];
const after: Breakage[][] = [
  [
    { fault: faults.issuerUnknown, client: { isKnown: false } },
    { fault: faults.clientRevoked, client: { isRevoked: true } },
  ],
  [
    { fault: faults.jtiMissing, claims: { jti: undefined } },
    { fault: faults.jtiMissing, claims: { jti: '' } },
    { fault: faults.jtiMissing, claims: { jti: null } },
    { fault: faults.jtiNotString, claims: { jti: 42 } },
    { fault: faults.jtiNotString, claims: { jti: ['a'] } },
    { fault: faults.jtiSpent, client: { isJtiSpent: true } },
  ],
  [{ fault: faults.expTooFar, claims: { exp: nowSeconds + 311 } }],
  [
    { fault: faults.audienceWrong, claims: { aud: undefined } },
    { fault: faults.audienceWrong, claims: { aud: [tokenUrl] } },
    { fault: faults.audienceWrong, claims: { aud: `${tokenUrl}/` } },
  ],
];

/** For each step of an order, nothing wrong or one of its breakages. */
const broken = (order: Breakage[][]) =>
  fc.tuple(...order.map((step) => fc.constantFrom(null, ...step)));

function assertion(breakages: readonly (Breakage | null)[]) {
  const all = <Part extends 'header' | 'claims' | 'client'>(part: Part) =>
    Object.assign({}, ...breakages.toReversed().map((breakage) => breakage?.[part]));
  return {
    header: { alg: 'RS512', typ: 'JWT', kid: 'test-1', ...all('header') },
    claims: {
      iss: 'demo-trust',
      sub: 'demo-trust',
      aud: tokenUrl,
      jti: 'once',
      exp: nowSeconds + 240,
      ...all('claims'),
    },
    client: { isKnown: true, isRevoked: false, isJtiSpent: false, ...all('client') },
  };
}

const firstOf = (breakages: readonly (Breakage | null)[]) =>
  breakages.find((breakage) => breakage !== null)?.fault ?? null;

describe('of several things that are wrong, the first in the order of the platform is told', () => {
  it('before the client is looked up', () => {
    fc.assert(
      fc.property(broken(before), (breakages) => {
        const { header, claims } = assertion(breakages);
        expect(faultBeforeClient(header, claims, now)).toBe(firstOf(breakages));
      }),
      { numRuns: 1000 },
    );
  });

  it('once the client was looked up', () => {
    fc.assert(
      fc.property(broken(after), (breakages) => {
        const { claims, client } = assertion(breakages);
        expect(faultWithClient(claims, client, tokenUrl, now)).toBe(firstOf(breakages));
      }),
      { numRuns: 1000 },
    );
  });

  it('in the form', () => {
    const good = {
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: 'a.b.c',
    };
    expect(faultOfForm(good)).toBeNull();
    expect(faultOfForm({})).toBe(faults.grantTypeMissing);
    expect(faultOfForm({ grant_type: 'password' })).toBe(faults.grantTypeWrong);
    expect(faultOfForm({ grant_type: 'client_credentials' })).toBe(faults.assertionTypeWrong);
    expect(faultOfForm({ ...good, client_assertion_type: 'x', client_assertion: '' })).toBe(
      faults.assertionTypeWrong,
    );
    expect(faultOfForm({ ...good, client_assertion: '' })).toBe(faults.assertionMissing);
  });
});

describe('clocks may differ by ten seconds', () => {
  const at = (seconds: number) =>
    assertion([{ fault: faults.expPast, claims: { exp: nowSeconds + seconds } }]);

  it.each([
    [-9, null],
    [-10, faults.expPast],
  ])('an assertion that ends %s s from now', (seconds, fault) => {
    const { header, claims } = at(seconds);
    expect(faultBeforeClient(header, claims, now)).toBe(fault);
  });

  it.each([
    [300, null],
    [310, null],
    [311, faults.expTooFar],
  ])('an assertion that ends %s s ahead', (seconds, fault) => {
    const { claims, client } = at(seconds);
    expect(faultWithClient(claims, client, tokenUrl, now)).toBe(fault);
  });
});

it('a jti is remembered for as long as its assertion would be taken', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9, max: 310 }), fc.nat(400), (life, later) => {
      const claims = { exp: nowSeconds + life };
      const moment = new Date(now.getTime() + later * 1000);
      const { header } = assertion([]);
      const isRefusedForAge = faultBeforeClient(header, claims, moment) === faults.expPast;
      if (moment >= rememberUntil(claims)) expect(isRefusedForAge).toBe(true);
    }),
  );
});

it.each(['JWT', 'jwt', 'Jwt'])('typ %s is taken, in any case', (typ) => {
  const { header, claims } = assertion([]);
  expect(faultBeforeClient({ ...header, typ }, claims, now)).toBeNull();
});
