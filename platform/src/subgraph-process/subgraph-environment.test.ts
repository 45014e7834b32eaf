import { expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from '../environment/read-environment.ts';
import { subgraphEnvironment } from './subgraph-environment.ts';

const NEEDED = { DATABASE_URL: 'postgres://me:secret@db/starling', IDENTITY_SECRET: 'x'.repeat(32) };
const read = (more: Record<string, string>) => readEnvironment(subgraphEnvironment, { ...NEEDED, ...more });

test('background work is done by the subgraph itself unless it is told otherwise', () => {
  expect(read({}).BACKGROUND).toBe('here');
  expect(read({ BACKGROUND: 'elsewhere' }).BACKGROUND).toBe('elsewhere');
});

test('any other word is refused, and named', () => {
  expect(() => read({ BACKGROUND: 'there' })).toThrow(EnvironmentError);
  expect(() => read({ BACKGROUND: 'there' })).toThrow('BACKGROUND must be here or elsewhere');
});
