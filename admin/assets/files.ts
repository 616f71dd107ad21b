import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = new URL('./', import.meta.url);
const styles = new URL(
  '../../node_modules/nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css',
  import.meta.url,
);
// Browsers of the last years, as nhsuk-frontend supports them by `type="module"`.
const target = ['chrome109', 'edge109', 'firefox115', 'safari15.6'];

/**
 * The package's styles as somebody who is not the NHS may use them: without its font, and without pictures of its own that
 * only search fields and sorted tables show.
 */
export function withoutIdentity(css: string): string {
  return css
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll(/Frutiger[^,;}]*,\s*arial/gi, 'Arial')
    .replaceAll(/[^{}]+\{[^{}]*url\(\/assets\/[^{}]*\}/g, '');
}

async function stylesheet(): Promise<string> {
  const own = await readFile(new URL('console.css', here), 'utf8');
  const css = `${withoutIdentity(await readFile(styles, 'utf8'))}\n${own}`;
  const { code } = await transform(css, { loader: 'css', minify: true, target });
  return code;
}

async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('console.ts', here))],
    bundle: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    target,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** The files under assets/console by their names, as `npm run console-assets` writes them. */
export async function consoleAssets(): Promise<Record<string, string>> {
  const [css, js, favicon] = await Promise.all([
    stylesheet(),
    script(),
    readFile(new URL('favicon.svg', here), 'utf8'),
  ]);
  return { 'console.css': css, 'console.js': js, 'favicon.svg': favicon };
}
