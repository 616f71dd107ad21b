import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseOne } from 'csv-parse/sync';
import { type Column, type FftRow, requiredColumns, toRow } from './columns.ts';
import { PostFftError } from './errors.ts';

/** Where one row stands in the file, in bytes, so that it can be read again without keeping its text. */
export interface Place {
  row: number;
  start: number;
  length: number;
}

export interface RowFile {
  /** All rows in file order, streamed: memory does not grow with the file. */
  rows(): AsyncGenerator<{ place: Place; row: FftRow }>;
  /** One row again. `readable` is false when its bytes are not UTF-8 (a text would arrive garbled). */
  read(place: Place): Promise<{ row: FftRow; readable: boolean }>;
  close(): Promise<void>;
}

/**
 * Opens a comma-separated file with a header line.
 *
 * @throws PostFftError when the file cannot be read, a column is missing or a line is broken. The message names the
 *   line, never what it holds.
 */
export async function openRows(path: string): Promise<RowFile> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new PostFftError(
      `cannot read ${path}: ${error.code === 'ENOENT' ? 'no such file' : (error.code ?? 'unreadable')}`,
    );
  });
  let columns: Map<Column, number> | undefined;

  const rowOf = (number: number, cells: string[]): FftRow => {
    if (columns === undefined)
      throw new Error('read the rows once before reading one of them again');
    const known = columns;
    return toRow(number, (column) => cells[known.get(column) ?? -1] ?? '');
  };

  return {
    async *rows() {
      const parser = parse({ bom: true, info: true, skip_empty_lines: true });
      // pipeline, not pipe: an error of the file must reach the loop below instead of leaving it waiting for ever.
      pipeline(file.createReadStream({ start: 0, autoClose: false }), parser, () => {});
      let number = 0;
      let start = 0;
      try {
        for await (const { info, record } of parser as AsyncIterable<{
          info: { bytes: number };
          record: string[];
        }>) {
          number += 1;
          if (number === 1) columns = findColumns(record);
          else
            yield {
              place: { row: number, start, length: info.bytes - start },
              row: rowOf(number, record),
            };
          start = info.bytes;
        }
      } catch (error) {
        if (!(error instanceof CsvError)) throw error;
        // The parser's own message may quote the line; its code says as much as is needed.
        throw new PostFftError(
          `${path} is not a well-formed CSV file: ${error.code} after row ${number}`,
        );
      }
      if (number === 0) throw new PostFftError(`${path} is empty: a header line is expected`);
    },

    async read(place) {
      const bytes = Buffer.alloc(place.length);
      await file.read(bytes, 0, place.length, place.start);
      let cells: string[] | undefined;
      try {
        cells = parseOne(bytes, { skip_empty_lines: true })[0] as string[] | undefined;
      } catch {
        // Reported below: bytes that parsed a moment ago and no longer do were changed by somebody.
      }
      if (cells === undefined) throw fileChanged(path);
      return { row: rowOf(place.row, cells), readable: isUtf8(bytes) };
    },

    close: () => file.close(),
  };
}

/** The file was edited while it was being read: what was counted and what would be sent are no longer the same. */
export function fileChanged(path: string): PostFftError {
  return new PostFftError(
    `${path} changed while it was being posted. Nothing is lost: run the same command again.`,
  );
}

function findColumns(header: string[]): Map<Column, number> {
  const plain = (name: string) => name.replace(/\s+/g, '').toLowerCase();
  const names = header.map(plain);
  const found = new Map(requiredColumns.map((column) => [column, names.indexOf(plain(column))]));
  const missing = requiredColumns.filter((column) => found.get(column) === -1);
  if (missing.length > 0) {
    throw new PostFftError(
      `the file lacks ${missing.map((name) => `"${name}"`).join(', ')}: see columns.ts to read another export`,
    );
  }
  return found;
}
