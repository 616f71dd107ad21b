/** Why somebody was not signed in. */
export const signInFailures = [
  'refused',
  'too_late',
  'mismatch',
  'unreachable',
  'invalid_answer',
  'misconfigured',
] as const;
export type SignInFailure = (typeof signInFailures)[number];

/** What to tell the person, and what to do about it. */
const words: Record<SignInFailure, { title: string; detail: string }> = {
  refused: {
    title: 'You were not signed in',
    detail:
      'The sign-in service did not sign you in, or you cancelled. Sign in again, or ask whoever looks after your account if this keeps happening.',
  },
  too_late: {
    title: 'Your sign-in took too long',
    detail:
      'It took more than 10 minutes, was used already, or this browser did not keep its cookie. Sign in again.',
  },
  mismatch: {
    title: 'This is not the sign-in that you started here',
    detail:
      'To keep you safe we did not use it. Go to the console and sign in again, in one tab, and not from a link that somebody sent you.',
  },
  unreachable: {
    title: 'The sign-in service does not answer',
    detail: 'Nothing is wrong with your account. Try again in a few minutes.',
  },
  invalid_answer: {
    title: 'We could not check your sign-in',
    detail:
      'The sign-in service sent an answer that we cannot trust, so we did not use it. Sign in again, and tell whoever looks after this console if this keeps happening.',
  },
  misconfigured: {
    title: 'Sign-in is not set up correctly',
    detail:
      'Trying again will not help. Tell whoever looks after this console that the sign-in service does not accept it.',
  },
};

/**
 * A sign-in that did not succeed. Carries nothing of a token, a code or a person: it can be logged, and its words can be
 * shown.
 */
export class SignInFailed extends Error {
  readonly failure: SignInFailure;
  /** For the log: a code of the protocol or of the library, such as `invalid_grant`. */
  readonly code: string;
  /** For the person, as a heading. */
  readonly title: string;
  /** For the person: what to do now. */
  readonly detail: string;

  constructor(failure: SignInFailure, code: string) {
    super(`sign-in failed: ${failure} (${code})`);
    this.name = 'SignInFailed';
    this.failure = failure;
    this.code = code;
    this.title = words[failure].title;
    this.detail = words[failure].detail;
  }
}
