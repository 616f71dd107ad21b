export * from './api-clients.ts';
export * from './cycles.ts';
export * from './idempotency-records.ts';
export * from './inbox.ts';
export * from './loop-records.ts';
export * from './organisations.ts';
export * from './standard-sets.ts';
