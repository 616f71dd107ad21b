import type { BodyDeclaration } from './contract.ts';
import { Problem, validationProblem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A body as it came, and what it says before any schema looks at it. */
export interface ReadBody {
  bytes: Uint8Array<ArrayBuffer>;
  value: unknown;
}

/**
 * Reads a request's body: the media type first (415), then its size while it arrives (413), then its
 * encoding and syntax (400). Nothing of the content is repeated in an error.
 */
export async function readBody(request: Request, declared: BodyDeclaration): Promise<ReadBody> {
  const mediaType = declared.mediaType ?? 'application/json';
  if (!isMediaType(request.headers.get('content-type'), mediaType))
    throw new Problem('unsupported-media-type', `Content-Type header must be ${mediaType}`);

  const bytes = await readBytes(request, declared.maxBytes);
  if (bytes === null)
    throw new Problem('payload-too-large', `The body may be at most ${declared.maxBytes} bytes.`);
  const text = decode(bytes);
  if (mediaType === 'application/json') return { bytes, value: parseJson(text) };
  return { bytes, value: parseForm(text) };
}

function isMediaType(header: string | null, expected: string): boolean {
  const [type = '', ...parameters] = (header ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return type === expected && isUtf8;
}

/** A body whose length is told is judged by that before any of it has come; HTTP lets no more of it through. */
async function readBytes(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const length = request.headers.get('content-length');
  if (length === null) return readAtMost(request.body, maxBytes);
  return Number(length) > maxBytes ? null : new Uint8Array(await request.arrayBuffer());
}

/** Counts bytes as they come. @returns null when there are more than `maxBytes`; the rest is then left unread */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      reader.releaseLock();
      return null;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** As much of a refused body is read and thrown away, for at most so long. */
const MAX_DISCARDED_BYTES = 16 * 1024 * 1024;
const MAX_DISCARDING_MS = 500;

/**
 * Reads what is left of a refused request's body and throws it away: a connection that closes while its sender still
 * writes loses the answer that says why. A sender of far too much, or one that waits for the answer before it goes on
 * sending, is not waited for.
 */
export async function discardBody({ body }: Request): Promise<void> {
  if (body === null || body.locked) return;
  const reader = body.getReader();
  const discard = async () => {
    let size = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.byteLength;
      if (size > MAX_DISCARDED_BYTES) return;
    }
  };
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, MAX_DISCARDING_MS));
  // A sender that has gone is nobody to answer.
  await Promise.race([discard(), timeout]).catch(() => {});
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw validationProblem([{ pointer: '', detail: 'The body is not valid UTF-8.' }]);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may be what somebody said about their care.
    throw validationProblem([{ pointer: '', detail: 'The body is not valid JSON.' }]);
  }
}

function parseForm(text: string): Record<string, string> {
  const form: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in form)
      throw validationProblem([{ pointer: '', detail: 'A form parameter is repeated.' }]);
    form[name] = value;
  }
  return { ...form };
}
