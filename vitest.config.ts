import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    // Wrangler takes a second to load: files share the processes that have loaded it, and so must
    // keep no state of their own.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    // A real browser on a busy machine takes its time, and a test that hangs is still found.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // Said in the report: a browser that lost a race is asked once more, a defect fails twice.
    retry: 1,
  },
});
