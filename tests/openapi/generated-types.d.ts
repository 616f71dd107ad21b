/**
 * Stands for the types that client.test.ts generates from the published document, so that client-job.ts can be read
 * without them. The test checks the job against the real ones.
 */
declare module 'full-circle-openapi' {
  // biome-ignore lint/suspicious/noExplicitAny: the generated types take its place
  export type paths = any;
}
