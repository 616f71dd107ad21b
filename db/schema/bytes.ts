import { customType } from 'drizzle-orm/pg-core';

/** PostgreSQL's bytea, in its hexadecimal form (`\x0aff`); drivers read it as bytes. */
export const bytes = customType<{ data: string; driverData: string | Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (read) => (typeof read === 'string' ? read : `\\x${hexadecimal(read)}`),
});

function hexadecimal(read: Uint8Array): string {
  return Array.from(read, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
