import { base64url } from 'jose';

const encoder = new TextEncoder();

/**
 * Keyed hashes (HMAC-SHA-256) of what the database must recognise but not know. Without the key, which the
 * database does not hold, nobody can try guesses against them.
 */
export class Pepper {
  readonly #secret: Uint8Array<ArrayBuffer>;
  #key: CryptoKey | undefined;

  /** @param secret at least 32 random bytes, base64url */
  constructor(secret: string) {
    this.#secret = new Uint8Array(base64url.decode(secret));
  }

  /** Base64url of {@link digest}. */
  async hash(purpose: string, parts: (string | Uint8Array)[]): Promise<string> {
    return base64url.encode(await this.digest(purpose, parts));
  }

  /**
   * The keyed hash of some parts, 32 bytes.
   *
   * @param purpose keeps hashes made for different uses apart
   * @param parts joined with a byte that cannot stand in text, so that no two lists hash alike
   */
  async digest(purpose: string, parts: (string | Uint8Array)[]): Promise<Uint8Array<ArrayBuffer>> {
    const pieces = [purpose, ...parts].map((part) =>
      typeof part === 'string' ? encoder.encode(part) : part,
    );
    const message = new Uint8Array(pieces.reduce((size, piece) => size + piece.byteLength + 1, 0));
    let offset = 0;
    for (const piece of pieces) {
      message.set(piece, offset);
      offset += piece.byteLength;
      message[offset] = 0xff;
      offset += 1;
    }
    this.#key ??= await crypto.subtle.importKey(
      'raw',
      this.#secret,
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    return new Uint8Array(await crypto.subtle.sign('HMAC', this.#key, message));
  }
}
