const encoder = new TextEncoder();

/** SHA-256 of a text's UTF-8 bytes, as lower-case hexadecimal. */
export async function sha256Hex(text: string): Promise<string> {
  return hexadecimal(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))));
}

/** Bytes as lower-case hexadecimal. */
export function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
