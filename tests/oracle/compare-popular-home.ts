import { expect } from 'vitest';
import { type Person, readLists, type SeenEdge } from './client.ts';
import type { Model } from './model.ts';

interface HomeEdge extends SeenEdge {
  readonly reason: string;
}

/** Entries of the home between two popular ones, at least. */
const APART = 4;

const lists = {
  home: { field: 'homeTimeline', more: 'includePopular: true', selection: 'node { id } retweetedBy { id } reason' },
};

/**
 * A home with what is popular in between, in both directions: the home as ever, and besides it what may be there, far enough apart.
 * Which of it is there is for the clock to say. Answers how many popular tweets there were.
 */
export async function compareHomeWithPopular(model: Model, person: Person, size: number): Promise<number> {
  const label = `home of ${person.username} with what is popular`;
  const read = async (direction: 'forwards' | 'backwards') =>
    (await readLists<'home', HomeEdge>(person, null, lists, size, direction)).home;
  const found = await read('forwards');
  expect(await read('backwards'), `${label}, backwards`).toEqual(found);

  const own = found.filter(({ reason }) => reason !== 'POPULAR');
  const entries = own.map(({ node, retweetedBy }) => ({ tweet: node?.id, retweetedBy: retweetedBy?.id ?? null }));
  expect(entries, `${label}, without that`).toEqual(model.home(person.id));

  const places = found.flatMap(({ reason }, place) => (reason === 'POPULAR' ? [place] : []));
  const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0) - 1);
  expect(
    gaps.filter((gap) => gap < APART),
    `${label}: gaps`,
  ).toEqual([]);
  const mixed = places.map((place) => found[place]?.node?.id ?? '');
  const there = new Set(entries.map(({ tweet }) => tweet));
  const wrong = mixed.filter((id) => there.has(id) || (model.tweet(id) && !model.mayBeMixedIn(person.id, id)));
  expect(wrong, `${label}: what should not be there`).toEqual([]);
  return mixed.length;
}
