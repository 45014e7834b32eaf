import { expect, test } from 'vitest';
import { WINDOW_MS } from './acts.ts';
import { expectingHome, expectingNotifications } from './expectations.ts';
import { Model } from './model.ts';
import { newStreamTally, owedBy } from './owed.ts';
import type { Line } from './stream.ts';

const post = (id: string) => ({
  ...{ id, author: '2', text: 'here', says: [], mentions: [] },
  ...{ replyTo: null, quoted: null },
});

/** 1 follows 2, who posts at 10, on a stream of which the test decides what it has told. */
function watched() {
  const state = { lines: [] as Line[], gapAt: 0 };
  const model = new Model(['1', '2']);
  const expecting = expectingHome(model, '1');
  const tally = newStreamTally();
  const owed = owedBy({ lines: state.lines, reliableSince: () => state.gapAt }, tally);
  const done = (at: number) => {
    model.done({ from: at, to: at });
    owed.look(expecting.look(), at);
  };
  const tell = (name: string, at: number, id: string | null = null) => void state.lines.push({ name, at, id });
  const wrong = () => [...expecting.wrong(state.lines), ...owed.misplaced()];
  model.follow('1', '2');
  done(5);
  model.post(post('100'));
  done(10);
  return { state, model, tally, owed, done, tell, wrong };
}

test('a stream that says nothing owes what came into the home', () => {
  const { owed, tally } = watched();
  expect(owed.missing()).toEqual(['100 ']);
  expect(tally).toEqual({ owed: 1, delivered: 0, told: 0, gaps: 0 });
});

test('an update settles it, one from before does not', () => {
  const { owed, tell, tally } = watched();
  tell('100 ', 9);
  expect(owed.missing()).toEqual(['100 ']);
  tell('100 ', 11);
  expect(owed.missing()).toEqual([]);
  expect(tally).toEqual({ owed: 1, delivered: 1, told: 0, gaps: 0 });
});

test('a stream with a gap since does not owe it', () => {
  const { owed, state, tally } = watched();
  state.gapAt = 12;
  expect(owed.missing()).toEqual([]);
  expect(tally).toEqual({ owed: 1, delivered: 0, told: 1, gaps: 0 });
});

test('what has left the home is owed no more, and what a follow brings in was never', () => {
  const { owed, model, done } = watched();
  model.unfollow('1', '2');
  done(20);
  expect(owed.missing()).toEqual([]);
  model.follow('1', '2');
  done(30);
  expect(owed.missing()).toEqual([]);
});

test('a deletion is owed, until somebody stands otherwise to somebody', () => {
  const { owed, model, done, tell } = watched();
  tell('100 ', 11);
  model.delete('2', '100');
  done(20);
  expect(owed.missing()).toEqual(['100 removed']);
  model.like('1', '100');
  done(25);
  expect(owed.missing()).toEqual(['100 removed']);
  model.unfollow('1', '2');
  done(30);
  expect(owed.missing()).toEqual([]);
});

test('what is told twice, out of order, or without reason is named', () => {
  const { owed, model, done, tell, wrong } = watched();
  model.post(post('101'));
  done(20);
  tell('101 ', 21);
  owed.missing();
  tell('100 ', 22);
  expect(owed.missing()).toEqual([]);
  expect(wrong()).toEqual(['101  came before 100 ']);
  tell('100 ', 23);
  tell('100 1', 24);
  expect(wrong()).toEqual([
    '100  was told of 2 times',
    '100 1 was told of, and never stood there',
    '101  came before 100 ',
  ]);
});

test('an entry is owed once, when it begins, and never when it is hidden', () => {
  const model = new Model(['1', '2', '3']);
  const expecting = expectingNotifications(model, '2');
  const due = (at: number) => {
    model.done({ from: at, to: at });
    return expecting.look().due;
  };
  model.post(post('100'));
  expect(due(10)).toEqual([]);
  model.like('1', '100');
  expect(due(20)).toEqual([{ name: 'LIKE 100', lane: 'notifications' }]);
  model.like('3', '100');
  expect(due(30)).toEqual([]);
  model.mute('2', '3', false);
  expect(due(40)).toEqual([]);
  model.follow('3', '2');
  expect(due(50)).toEqual([]);
  const line = (name: string, id: string) => ({ name, id, at: 60 });
  expect(expecting.wrong([line('LIKE 100', '7'), line('LIKE 100', '8')])).toEqual([]);
  expect(expecting.wrong([line('LIKE 100', '7'), line('LIKE 100', '7'), line('FOLLOW ', '9')])).toEqual([
    'FOLLOW  was told of, and never was in the list',
    'LIKE 100 (7) was told of 2 times',
  ]);
});

test('an entry of a later window is owed only while something done since it began is shown', () => {
  const model = new Model(['1', '2', '3', '4']);
  const expecting = expectingNotifications(model, '2');
  const lines: Line[] = [];
  const owed = owedBy({ lines, reliableSince: () => 0 }, newStreamTally());
  const done = (at: number) => {
    model.done({ from: at, to: at });
    owed.look(expecting.look(), at);
  };
  model.follow('1', '2');
  done(10);
  lines.push({ name: 'FOLLOW ', id: '7', at: 11 });
  expect(owed.missing()).toEqual([]);
  model.follow('3', '2');
  done(WINDOW_MS + 10);
  expect(owed.missing()).toEqual(['FOLLOW ']);
  model.follow('4', '2');
  done(WINDOW_MS + 20);
  model.unfollow('3', '2');
  done(WINDOW_MS + 30);
  expect(owed.missing()).toEqual(['FOLLOW ']);
  model.unfollow('4', '2');
  done(WINDOW_MS + 40);
  expect(owed.missing()).toEqual([]);
});
