import { generate } from 'selfsigned';

/** A server's certificate and its private key, as PEM. */
export type Certificate = { readonly cert: string; readonly key: string };

/** Makes a certificate for a host name that nobody vouches for but itself, good for a day. */
export async function createCertificate(hostname: string): Promise<Certificate> {
  const day = 86_400_000;
  const { cert, private: key } = await generate([{ name: 'commonName', value: hostname }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Clocks of two processes differ a little.
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + day),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: hostname }] },
    ],
  });
  return { cert, key };
}
