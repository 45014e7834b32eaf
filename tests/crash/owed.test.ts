import { expect, test } from 'vitest';
import { Model } from '../oracle/model.ts';
import { entryKey, owedTo } from './owed.ts';
import type { Stream } from './stream.ts';
import { newTally } from './tally.ts';

const ENTRY = entryKey('100', null);

/** A watcher of an author who posts at 10, on a stream of which the test decides what it has told. */
function watched() {
  const told = new Map<string, number>();
  const state: { reliableSince: number | undefined } = { reliableSince: 1 };
  const stream: Pick<Stream, 'toldOf' | 'reliableSince'> = {
    toldOf: (entry) => told.get(entry),
    reliableSince: () => state.reliableSince,
  };
  const model = new Model(['watcher', 'author']);
  model.follow('watcher', 'author');
  const tally = newTally();
  const owed = owedTo('watcher', model, stream, tally);
  model.post({ id: '100', author: 'author', text: 'here', replyTo: null, quoted: null });
  owed.look(ENTRY, 10);
  return { told, state, model, tally, owed };
}

test('a stream that says nothing owes what came into the home', () => {
  const { owed, tally } = watched();
  expect(owed.missing()).toEqual([ENTRY]);
  expect(tally.stream).toEqual({ owed: 1, delivered: 0, told: 0, gaps: 0 });
});

test('an update settles it, one from before does not', () => {
  const { owed, told, tally } = watched();
  told.set(ENTRY, 9);
  expect(owed.missing()).toEqual([ENTRY]);
  told.set(ENTRY, 11);
  expect(owed.missing()).toEqual([]);
  expect(tally.stream).toEqual({ owed: 1, delivered: 1, told: 0, gaps: 0 });
});

test.each([
  ['a stream on which nothing has come yet', undefined],
  ['a stream with a gap since', 12],
])('%s does not owe it', (_, reliableSince) => {
  const { owed, state, tally } = watched();
  state.reliableSince = reliableSince;
  expect(owed.missing()).toEqual([]);
  expect(tally.stream).toEqual({ owed: 1, delivered: 0, told: 1, gaps: 0 });
});

test('what has left the home is owed no more, and what a follow brings in was never', () => {
  const { owed, model } = watched();
  model.unfollow('watcher', 'author');
  owed.look(undefined, 20);
  expect(owed.missing()).toEqual([]);
  model.follow('watcher', 'author');
  owed.look(undefined, 30);
  expect(owed.missing()).toEqual([]);
});
