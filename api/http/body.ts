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

  const bytes = await readAtMost(request, declared.maxBytes);
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

/** The length header ends an oversize body early; without one the bytes are counted as they come. */
async function readAtMost(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new Problem('payload-too-large', `The body may be at most ${maxBytes} bytes.`);
  const declaredLength = request.headers.get('content-length');
  if (declaredLength !== null && Number(declaredLength) > maxBytes) {
    await request.body?.cancel();
    throw tooLarge();
  }
  if (declaredLength !== null) return new Uint8Array(await request.arrayBuffer());
  if (request.body === null) return new Uint8Array();

  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge();
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
