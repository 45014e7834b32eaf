/// <reference path="./pg-copy-streams.d.ts" />
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

/** A value as COPY's text format has it: arrays and JSON are given as the text that PostgreSQL would print. */
export type CopyValue = string | number | bigint | boolean | null;

/** Where rows go. Names are written into the statement as they are: they come from code, never from input. */
export interface CopyTarget {
  readonly table: string;
  readonly columns: readonly string[];
}

const CHUNK_CHARACTERS = 65_536;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function encode(value: CopyValue): string {
  if (value === null) return '\\N';
  return typeof value === 'string'
    ? value.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character)
    : `${value}`;
}

async function* encodeRows(
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const row of rows) {
    chunk += `${row.map(encode).join('\t')}\n`;
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

/**
 * Sends rows into a table through COPY, in the connection's open transaction if there is one, and answers how many. Holds
 * one chunk in memory, so that an endless source may be given. When a row is refused, or the source throws, nothing of it
 * has been written.
 */
export async function copyRows(
  client: pg.ClientBase,
  { table, columns }: CopyTarget,
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  const stream = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(encodeRows(rows), { objectMode: false }), stream);
  return stream.rowCount;
}
