/**
 * Why the stack cannot start, in one plain sentence for the person who started it: shown without a
 * stack trace.
 */
export class CannotStart extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'CannotStart';
  }
}
