import { NeonDbError } from '@neondatabase/serverless';
import { describe, expect, it } from 'vitest';
import { type DbFailure, readDbFailure } from '../../db/failure.ts';

function databaseError(code: string | undefined, constraint?: string): NeonDbError {
  return Object.assign(new NeonDbError('the message quotes a value'), { code, constraint });
}

const cases: [string, NeonDbError, DbFailure][] = [
  ['no SQLSTATE: nothing answered', databaseError(undefined), { kind: 'unavailable' }],
  ['08006, a lost connection', databaseError('08006'), { kind: 'unavailable' }],
  ['53300, too many connections', databaseError('53300'), { kind: 'unavailable' }],
  ['57P01, a shutdown', databaseError('57P01'), { kind: 'unavailable' }],
  ['40001, a serialisation failure', databaseError('40001'), { kind: 'unavailable' }],
  [
    'FC401, a revoked client or a session that is over',
    databaseError('FC401'),
    { kind: 'not-signed-in' },
  ],
  [
    '23505, a constraint',
    databaseError('23505', 'inbox_pkey'),
    { kind: 'constraint', constraint: 'inbox_pkey' },
  ],
  ['42P01, a defect of ours', databaseError('42P01'), { kind: 'defect', sqlState: '42P01' }],
];

describe('a database error means the same', () => {
  it.each(cases)('%s, thrown by a batch', (_, error, failure) => {
    expect(readDbFailure(error)).toEqual(failure);
  });

  it.each(cases)('%s, wrapped as a single statement wraps it', (_, error, failure) => {
    expect(readDbFailure(new Error('Failed query', { cause: error }))).toEqual(failure);
  });
});

it('what is no database error is not taken for one', () => {
  expect(readDbFailure(new Error('something else'))).toBeNull();
  expect(readDbFailure('text')).toBeNull();
  expect(readDbFailure(undefined)).toBeNull();
});
