import { expect, test } from 'vitest';
import { compareEngaged, comparePopular } from './compare.ts';
import { type Answers, edgesOf, madeUpReader, passes, wrongs } from './made-up.ts';
import { Model } from './model.ts';

const plain = { text: 'here', says: [], mentions: [], replyTo: null, quoted: null };

test('who likes and retweets a tweet, and what quotes and answers it, is held against the model', async () => {
  const model = new Model(['1', '2', '3']);
  model.post({ ...plain, id: '100', author: '1' });
  for (const user of ['2', '3']) {
    model.like(user, '100');
    model.retweet(user, '100');
  }
  for (const id of ['101', '102']) model.post({ ...plain, id, author: '2', quoted: '100' });
  for (const id of ['103', '104']) model.post({ ...plain, id, author: '3', replyTo: '100' });
  const lists = { likedBy: ['3', '2'], retweetedBy: ['3', '2'], quotes: ['102', '101'], replies: ['104', '103'] };
  const of = (id: string, ids: Readonly<Record<string, readonly string[]>>): Answers =>
    Object.fromEntries(Object.keys(lists).map((list) => [`${list} of ${id}`, edgesOf(ids[list] ?? [])]));
  const others = Object.assign({}, ...['101', '102', '103', '104'].map((id) => of(id, {})));
  const isRight = (answers: Answers) => passes(compareEngaged(model, madeUpReader('1', { ...others, ...answers }), 9));
  expect(await isRight(of('100', lists))).toBe(true);
  for (const [list, ids] of Object.entries(lists)) {
    for (const wrong of wrongs(ids)) {
      expect(await isRight(of('100', { ...lists, [list]: wrong })), `${list} ${wrong}`).toBe(false);
    }
  }
});

test('popular is what is liked and may come up, and all of it while there is room', async () => {
  const model = new Model(['1', '2', '3']);
  const post = (id: string, author: string, says: string[] = []) => model.post({ ...plain, id, author, says });
  post('100', '2');
  post('101', '2', ['day']);
  post('102', '3');
  post('103', '3');
  for (const id of ['100', '101', '102']) model.like('1', id);
  const isRight = (ids: readonly string[]) =>
    passes(comparePopular(model, madeUpReader('1', { popularTweets: edgesOf(ids) })));
  expect(await isRight(['100', '101', '102'])).toBe(true);
  expect(await isRight(['102', '900', '101', '100'])).toBe(true);
  expect(await isRight(['100', '101', '102', '103'])).toBe(false);
  expect(await isRight(['100', '101'])).toBe(false);
  const isRightInACrowd = (ids: readonly string[]) =>
    passes(comparePopular(model, madeUpReader('1', { popularTweets: edgesOf(ids) }), (id) => id !== '100'));
  expect(await isRightInACrowd(['101', '102'])).toBe(true);
  expect(await isRightInACrowd(['101'])).toBe(false);
  const many = Array.from({ length: 98 }, (_, number) => String(900 + number));
  expect(await isRight(['100', '101', ...many])).toBe(true);
  expect(await isRight(['100', '103', ...many])).toBe(false);
  model.muteWord('1', 'day');
  model.mute('1', '3', false);
  expect(await isRight(['100', '101', '102'])).toBe(false);
  expect(await isRight(['100'])).toBe(true);
});
