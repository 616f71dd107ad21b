import { readAtMost } from '../api/http/body.ts';
import { Fields } from './fields.ts';

/** More than the largest form of the console: a cycle with all its questions and services. */
const MAX_FORM_BYTES = 512 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What a form of the console sent. Only forms that a page can send: JSON from another site's script does not get here, since its
 * Content-Type is not a form's.
 *
 * @returns a word for what is wrong: not a form, too large, or not UTF-8
 */
export async function readForm(request: Request): Promise<Fields | 'not-a-form' | 'too-large'> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') return 'not-a-form';
  const bytes = await readAtMost(request.body, MAX_FORM_BYTES);
  if (bytes === null) return 'too-large';
  try {
    return Fields.from(new URLSearchParams(utf8.decode(bytes)));
  } catch {
    return 'not-a-form';
  }
}
