import { buildDocument } from './build.ts';
import { referencePages } from './reference/pages.ts';

/** A generated file and what it has to say. */
export interface GeneratedDocument {
  path: URL;
  text: string;
}

const root = new URL('../', import.meta.url);

/**
 * Every generated document: the contract in two versions, committed where tools look and served as static assets, and
 * the pages of the reference for people.
 */
export async function documents(): Promise<GeneratedDocument[]> {
  const contract = `${JSON.stringify(buildDocument('3.1'), null, 2)}\n`;
  const contract30 = `${JSON.stringify(buildDocument('3.0'), null, 2)}\n`;
  return [
    { path: new URL('openapi/openapi.json', root), text: contract },
    { path: new URL('openapi/openapi-3.0.json', root), text: contract30 },
    { path: new URL('assets/openapi.json', root), text: contract },
    { path: new URL('assets/openapi-3.0.json', root), text: contract30 },
    ...referencePages().map(({ file, text }) => ({ path: new URL(`assets/${file}`, root), text })),
  ];
}
