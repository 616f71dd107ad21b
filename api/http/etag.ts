import { base64url } from 'jose';
import { Problem } from './problem.ts';

const encoder = new TextEncoder();

/** A strong entity tag: a digest of the bytes that it stands for. */
export async function strongEtag(body: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(body));
  return `"${base64url.encode(new Uint8Array(digest).subarray(0, 18))}"`;
}

/** The weak entity tag of a staff resource: its version. */
export function weakEtag(version: number): string {
  return `W/"${version}"`;
}

/** Whether If-None-Match names an entity tag (weak comparison, RFC 9110 13.1.2). */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}

/**
 * The version that an If-Match header names, or undefined for `*` and an absent header.
 *
 * @throws Problem 428 when it is required and absent, 412 when it names no version of ours
 */
export function readIfMatch(
  header: string | null,
  rule: 'required' | 'optional' | undefined,
): number | undefined {
  if (rule === undefined) return undefined;
  if (header === null || header.trim() === '') {
    if (rule === 'required')
      throw new Problem(
        'precondition-required',
        'Send If-Match with the ETag of what you read, such as W/"3".',
      );
    return undefined;
  }
  if (header.trim() === '*' && rule === 'optional') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (version === undefined)
    throw new Problem('precondition-failed', 'If-Match must be one ETag as it was read: W/"3".');
  return Number(version);
}
