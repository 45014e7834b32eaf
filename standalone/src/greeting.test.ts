import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { greeting } from './greeting.ts';

const login = { username: 'demo', password: 'a "quoted" one' };

test.each([login, undefined])('every query of it can be pasted (%j)', async (given) => {
  const schema = buildSchema(await readFile(join(import.meta.dirname, '../../schema/api.graphql'), 'utf8'));
  const queries = greeting('http://127.0.0.1:4000', given, '/mail').match(/(mutation )?\{.*\}/g) ?? [];
  expect(queries.length).toBeGreaterThan(0);
  for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
});

test('ends with the ready line, and the login stands before it', () => {
  const lines = greeting('http://127.0.0.1:4000', login, '/mail').trimEnd().split('\n');
  expect(lines.at(-1)).toBe('Starling is ready at http://127.0.0.1:4000');
  expect(lines.at(-2)).toBe('Mails go to /mail');
  expect(lines[0]).toBe('demo login: demo / a "quoted" one');
});
