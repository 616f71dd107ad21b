/** Something that stops the whole run, in a sentence meant for the person who started it. Never holds a comment's text. */
export class PostFftError extends Error {
  override name = 'PostFftError';
}
