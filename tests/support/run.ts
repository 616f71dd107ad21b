/** What the global setup of a test run hands to every test file. */
export type Run = {
  /** Where the run's shared things are asked for; see workshop.ts. */
  readonly workshopUrl: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    run: Run;
  }
}
