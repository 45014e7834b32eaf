import { expect } from 'vitest';
import { type Act, type Span, WINDOW_MS } from './acts.ts';
import { type Person, readNotifications, type SeenNotification } from './client.ts';
import type { Model } from './model.ts';
import { type Notified, notificationsOf } from './notified.ts';

const GROUPED = new Set<Act['kind']>(['LIKE', 'RETWEET', 'FOLLOW', 'FOLLOW_REQUEST']);
const MOST_SAMPLES = 3;

interface Entry {
  readonly kind: string;
  readonly tweet: string | null;
  readonly actorCount: number;
  readonly actors: readonly string[];
  readonly isRead: boolean;
}

interface Expected {
  readonly entry: Entry;
  /** What it began with, hidden or not; undefined when the clock leaves open whether something else came before. */
  readonly began: Act | undefined;
  readonly latest: Act | undefined;
  readonly found: SeenNotification | undefined;
}

const windowOf = (ms: number) => Math.floor(ms / WINDOW_MS);
const beginningOf = ({ createdAt }: SeenNotification) => windowOf(Date.parse(createdAt));

/** The window of an act; undefined for one that was under way as a window ended. */
function windowOfAct({ kind, span }: Act): number | undefined {
  if (!GROUPED.has(kind)) return 0;
  const [first, last] = [windowOf(span.from), windowOf(span.to)];
  return first === last ? first : undefined;
}

/** Of an act that is shown and was under way as a window ended: the window that the product says, if it is one of the two. */
function windowAsTold({ actor, span }: Act, found: readonly SeenNotification[]): number | undefined {
  const [first, last] = [windowOf(span.from), windowOf(span.to)];
  const told =
    found.length === 1 ? found : found.filter(({ sampleActors }) => sampleActors.some(({ id }) => id === actor));
  const window = told[0] && beginningOf(told[0]);
  return window !== undefined && window >= first && window <= last ? window : undefined;
}

function expectedOf(model: Model, viewer: string, notified: Notified, found: readonly SeenNotification[]): Expected[] {
  const { kind, tweet, shown, ever } = notified;
  const windowOfShown = (act: Act) => windowOfAct(act) ?? windowAsTold(act, found) ?? windowOf(act.span.from);
  const windows = [...new Set(shown.map(windowOfShown))];
  const isOpen = ever.some((act) => windowOfAct(act) === undefined);
  const isAlone = new Set(ever.map(windowOfAct)).size === 1 && !isOpen;
  return windows.map((window) => {
    const acts = shown.filter((act) => windowOfShown(act) === window);
    const one = GROUPED.has(kind) ? found.find((entry) => beginningOf(entry) === window) : found[0];
    const isRead = one && model.readMarks.isRead(viewer, one.id, notified, isAlone);
    return {
      entry: {
        kind,
        tweet,
        actorCount: acts.length,
        actors: acts.slice(0, MOST_SAMPLES).map(({ actor }) => actor),
        isRead: isRead ?? one?.isRead ?? false,
      },
      began: isOpen ? undefined : ever.filter((act) => windowOfAct(act) === window).at(-1),
      latest: isOpen ? undefined : acts[0],
      found: one,
    };
  });
}

const entryOf = ({ kind, tweet, actorCount, sampleActors, isRead }: SeenNotification): Entry => ({
  kind,
  tweet: tweet?.id ?? null,
  actorCount,
  actors: sampleActors.map(({ id }) => id),
  isRead,
});

const isWithin = (time: string, { from, to }: Span) => Date.parse(time) >= from && Date.parse(time) <= to;

function namesOf(found: readonly SeenNotification[]): Map<string, SeenNotification[]> {
  const names = new Map<string, SeenNotification[]>();
  for (const one of found) {
    const name = `${one.kind} ${one.tweet?.id ?? ''}`;
    names.set(name, [...(names.get(name) ?? []), one]);
  }
  return names;
}

/**
 * An account's list, page by page in both directions. Of the clock the model knows only between which moments something was
 * done, which says in which window it was but for what was under way as one ended.
 */
export async function compareNotifications(model: Model, person: Person, size: number): Promise<void> {
  const label = `notifications of ${person.username}`;
  const { nodes: found, unreadCounts } = await readNotifications(person, size, 'forwards');
  const names = namesOf(found);
  const expected = notificationsOf(model, person.id).flatMap((notified) =>
    expectedOf(model, person.id, notified, names.get(notified.key) ?? []),
  );
  const inOrder = expected.every(({ began }) => began !== undefined);
  const sorted = inOrder ? expected.sort((a, b) => (b.began?.first ?? 0) - (a.began?.first ?? 0)) : expected;
  const text = (entry: Entry) => JSON.stringify(entry);
  const asLists = [found.map(entryOf), sorted.map(({ entry }) => entry)] as const;
  const [actual, wanted] = inOrder
    ? asLists
    : asLists.map((list) => [...list].sort((a, b) => (text(a) < text(b) ? 1 : -1)));
  expect(actual, label).toEqual(wanted);
  for (const { began, latest, found: one } of expected) {
    if (began && one) expect(isWithin(one.createdAt, began.span), `${label}: when ${one.id} began`).toBe(true);
    if (latest && one) expect(isWithin(one.updatedAt, latest.span), `${label}: the latest of ${one.id}`).toBe(true);
  }

  const unread = found.filter(({ isRead }) => !isRead).length;
  expect(new Set(unreadCounts), `unread ${label}, by each page`).toEqual(new Set([unread]));
  const backwards = await readNotifications(person, size, 'backwards');
  expect(backwards.nodes, `${label}, backwards`).toEqual(found);
  expect(new Set(backwards.unreadCounts), `unread ${label}, by each page backwards`).toEqual(new Set([unread]));
}
