import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { consoleAssets } from '../../admin/assets/files.ts';
import { wordInNextLine } from '../../admin/assets/word-selection.ts';

const directory = new URL('../../assets/console/', import.meta.url);

describe('the files that browsers load for the console', () => {
  let files: Record<string, string>;
  beforeAll(async () => {
    const names = await readdir(directory);
    const texts = names.map(async (name) => [
      name,
      await readFile(new URL(name, directory), 'utf8'),
    ]);
    files = Object.fromEntries(await Promise.all(texts));
  });

  it('are those of today: run `npm run console-assets` when this fails', async () => {
    expect(files).toEqual(await consoleAssets());
  });

  it('use no font, logo or picture that only the NHS may use', () => {
    const all = Object.values(files).join('\n');
    expect(all).not.toMatch(/frutiger|@font-face/i);
    expect(all).not.toMatch(/nhsuk-icon-\d|opengraph|\/assets\/images/);
    // How the path of the NHS logo begins in the package's header, and the letters within it.
    expect(all).not.toMatch(/M200 0v80H0V0|m-131 2h-22l-14 65|viewBox="0 0 200 80"/);
    expect(files['console.css']).toContain('font-family:Arial,sans-serif');
  });

  it('load nothing, from here or elsewhere', () => {
    const all = Object.values(files).join('\n').replaceAll('http://www.w3.org/', '');
    expect(all).not.toMatch(/https?:|\burl\(|@import/i);
    expect(all.match(/\bfetch\(/g)).toHaveLength(1);
    expect(all).not.toMatch(/localStorage|sessionStorage|document\.cookie|\beval\(/);
  });

  it('are small', () => {
    const kilobytes = (name: string) => gzipSync(files[name] ?? '').length / 1024;
    expect(kilobytes('console.css')).toBeLessThan(34);
    expect(kilobytes('console.js')).toBeLessThan(14);
  });
});

describe('the Worker', () => {
  it('has the components of the console in it, and nothing that is for browsers', async () => {
    const { metafile } = await build({
      absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
      entryPoints: ['worker.ts'],
      external: ['cloudflare:*', 'node:*'],
      bundle: true,
      format: 'esm',
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain('admin/components/Button.tsx');
    expect(inputs.filter((path) => /nhsuk-frontend|^admin\/assets\//.test(path))).toEqual([]);
  });
});

describe('the word that the arrow keys lead to', () => {
  /** Two lines of three words, and a last one of one word. */
  const places = [0, 1, 2, 3, 4, 5, 6].map((index) => ({
    top: Math.floor(index / 3) * 30,
    left: (index % 3) * 100,
    right: (index % 3) * 100 + 80,
    height: 20,
  }));

  it('is right below or above, or nearest to that', () => {
    expect(wordInNextLine(places, 1, 1)).toBe(4);
    expect(wordInNextLine(places, 5, 1)).toBe(6);
    expect(wordInNextLine(places, 5, -1)).toBe(2);
  });

  it('is the same one in the last line and in the first', () => {
    expect(wordInNextLine(places, 6, 1)).toBe(6);
    expect(wordInNextLine(places, 2, -1)).toBe(2);
  });
});
