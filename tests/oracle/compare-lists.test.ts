import { expect, test } from 'vitest';
import { compareLists } from './compare-lists.ts';
import { type Answers, edgesOf, madeUpReader, passes, wrongs } from './made-up.ts';
import { Model } from './model.ts';

const post = (id: string, author: string, replyTo: string | null = null) => ({
  ...{ id, author, replyTo, quoted: null },
  ...{ text: 'here', says: [], mentions: [] },
});

/** 1 has made a list of 2 and 3, and a private one; 2 has posted, 3 and 4 have answered. */
function listed(): Model {
  const model = new Model(['1', '2', '3', '4']);
  model.createList('1', { id: '10', name: 'stars 1', isPrivate: false }, false);
  model.createList('1', { id: '11', name: 'stars 2', isPrivate: true }, false);
  for (const user of ['2', '3']) model.addMember('1', '10', user);
  model.post(post('100', '2'));
  model.post(post('101', '3', '100'));
  model.post(post('102', '4', '100'));
  model.post(post('103', '3', '102'));
  return model;
}

const STARS = { id: '10', name: 'stars 1', isPrivate: false, memberCount: 2, owner: { id: '1' } };
const HIDDEN = { id: '11', name: 'stars 2', isPrivate: true, memberCount: 0, owner: { id: '1' } };

const RIGHT: Answers = {
  'lists of 1': [{ node: STARS }],
  'lists of 2': [],
  'list 10': STARS,
  'list 11': null,
  'members of 10': edgesOf(['3', '2']),
  'timeline of 10': edgesOf(['101', '100']),
};

const isRight = (model: Model, answers: Answers, viewer = '2') => {
  const people = ['1', '2'].map((id) => madeUpReader(id, answers));
  return passes(compareLists(model, madeUpReader(viewer, answers), people, 9));
};

test('lists, who is in them and what they write are held against the model', async () => {
  const model = listed();
  expect(await isRight(model, RIGHT)).toBe(true);
  for (const members of wrongs(['3', '2'])) {
    expect(await isRight(model, { ...RIGHT, 'members of 10': edgesOf(members) }), members.join()).toBe(false);
  }
  // 102 answers a member, and is of nobody in the list; 103 answers somebody who is not in it.
  for (const written of [...wrongs(['101', '100']), ['102', '101', '100'], ['103', '101', '100']]) {
    expect(await isRight(model, { ...RIGHT, 'timeline of 10': edgesOf(written) }), written.join()).toBe(false);
  }
  for (const wrong of [{ name: 'stars' }, { isPrivate: true }, { memberCount: 3 }, { owner: { id: '2' } }]) {
    expect(await isRight(model, { ...RIGHT, 'list 10': { ...STARS, ...wrong } })).toBe(false);
    expect(await isRight(model, { ...RIGHT, 'lists of 1': [{ node: { ...STARS, ...wrong } }] })).toBe(false);
  }
});

test('a private list is its owner’s alone, and a protected account’s its followers’', async () => {
  const model = listed();
  expect(await isRight(model, { ...RIGHT, 'list 11': HIDDEN })).toBe(false);
  expect(await isRight(model, { ...RIGHT, 'lists of 1': [{ node: HIDDEN }, { node: STARS }] })).toBe(false);
  const own = { 'list 11': HIDDEN, 'lists of 1': [{ node: HIDDEN }, { node: STARS }] };
  const empty = { 'members of 11': [], 'timeline of 11': [] };
  expect(await isRight(model, { ...RIGHT, ...own, ...empty }, '1')).toBe(true);
  model.protect('1');
  expect(await isRight(model, RIGHT)).toBe(false);
  const closed = { 'lists of 1': [], 'list 10': null };
  expect(await isRight(model, { ...RIGHT, ...closed })).toBe(true);
  model.follow('2', '1');
  model.approve('1', '2');
  expect(await isRight(model, RIGHT)).toBe(true);
});

test('a block takes either out of the other’s lists, and hides members from each other', async () => {
  const model = listed();
  model.block('3', '1');
  const gone = { ...STARS, memberCount: 1 };
  const without3 = {
    ...{ 'list 10': gone, 'lists of 1': [{ node: gone }] },
    ...{ 'members of 10': edgesOf(['2']), 'timeline of 10': edgesOf(['100']) },
  };
  expect(await isRight(model, { ...RIGHT, ...without3 })).toBe(true);
  expect(await isRight(model, RIGHT)).toBe(false);
  const other = listed();
  other.block('2', '3');
  const hidden = { 'members of 10': edgesOf(['2']), 'timeline of 10': edgesOf(['100']) };
  expect(await isRight(other, { ...RIGHT, ...hidden })).toBe(true);
  expect(await isRight(other, RIGHT)).toBe(false);
});

test('what may have been made twice is missed by nobody, and anything else that is not known is found', async () => {
  const model = listed();
  const stray = { ...STARS, id: '12', name: 'stars 3', memberCount: 0 };
  const withStray = { ...RIGHT, 'lists of 1': [{ node: stray }, { node: STARS }] };
  expect(await isRight(model, withStray)).toBe(false);
  model.createList('1', { id: '13', name: 'stars 3', isPrivate: true }, true);
  expect(await isRight(model, { ...withStray, 'list 13': null })).toBe(true);
});
