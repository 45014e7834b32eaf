import { expect, test } from 'vitest';
import { allMigrations as testMigrations } from '../../tests/support/migrations.ts';
import { allMigrations } from '../src/migrations.ts';

test('test databases hold exactly what the product makes', () => {
  expect(testMigrations).toEqual(allMigrations);
});
