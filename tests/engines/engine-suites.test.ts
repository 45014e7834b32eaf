import { expect, test } from 'vitest';
import { leftOutSuites } from '../support/engine-suites.ts';

const suite = (name: string, reason?: string) => ({ name, files: `**/*.${name}.test.ts`, missing: () => reason });

test('with every engine there, nothing is left out', () => {
  expect(leftOutSuites(true, [suite('a'), suite('b')])).toEqual({ files: [], line: undefined });
});

test('what cannot run is left out, and one line says why and how to include it', () => {
  expect(leftOutSuites(false, [suite('a'), suite('b', 'install b'), suite('c', 'install c')])).toEqual({
    files: ['**/*.b.test.ts', '**/*.c.test.ts'],
    line: 'Left out: the tests on b (install b), c (install c); crashes are tried without these.',
  });
});

test('where engines are required, a missing one is a failure', () => {
  expect(() => leftOutSuites(true, [suite('b', 'install b')])).toThrow('b (install b)');
});
