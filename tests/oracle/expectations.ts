import { type Act, WINDOW_MS } from './acts.ts';
import type { HomeEntry } from './engagement.ts';
import type { Model } from './model.ts';
import { type Notified, notificationsOf } from './notified.ts';
import type { Expectation } from './owed.ts';
import type { Line, Watched } from './stream.ts';

/** What one account's stream has to tell, by the model. */
export interface Expecting {
  /** To be asked after everything that is done. */
  look(): Expectation;
  /** What was told and should not have been. */
  wrong(lines: readonly Line[]): string[];
}

const nameOf = ({ tweet, retweetedBy }: HomeEntry) => `${tweet} ${retweetedBy ?? ''}`;
const removalOf = (tweetId: string) => `${tweetId} removed`;

export const HOME: Watched = {
  name: 'home-stream',
  document: `subscription ($after: String) { update: homeTimelineUpdates(after: $after) {
    __typename
    ... on TweetAdded { cursor tweet { id } retweetedBy { id } }
    ... on TweetRemoved { cursor tweetId }
    ... on StreamGap { cursor reason } } }`,
  lineOf({ tweet, retweetedBy, tweetId }) {
    if (tweetId !== undefined) return { name: removalOf(tweetId), id: null };
    // An entry that is gone by the time it is told of has nothing to show.
    return tweet ? { name: nameOf({ tweet: tweet.id, retweetedBy: retweetedBy?.id ?? null }), id: null } : undefined;
  },
};

export const NOTIFICATIONS: Watched = {
  name: 'notification-stream',
  document: `subscription ($after: String) { update: notificationAdded(after: $after) {
    __typename
    ... on NotificationAdded { cursor notification { id kind tweet { id } } }
    ... on StreamGap { cursor reason } } }`,
  lineOf({ notification }) {
    if (!notification) return undefined;
    const { id, kind, tweet } = notification;
    return { name: `${kind} ${tweet?.id ?? ''}`, id };
  },
};

/**
 * Tweets come in their order, and so do retweets; of what is handled together the tweets come first. A tweet that is deleted,
 * or of which the last retweet in the home is undone, is told to be gone, unless its reader stands otherwise to somebody by then.
 */
export function expectingHome(model: Model, viewer: string): Expecting {
  const everStood = new Set<string>();
  let home: readonly HomeEntry[] = [];
  let made = 0;
  let standings = '';

  const isGone = ({ tweet, retweetedBy }: HomeEntry) =>
    model.isDeleted(tweet) || (retweetedBy !== null && !model.hasRetweeted(retweetedBy, tweet));

  return {
    look() {
      const before = home;
      home = model.home(viewer);
      const names = new Set(home.map(nameOf));
      for (const name of names) everStood.add(name);
      const known = new Set(before.map(nameOf));
      const isIn = ({ tweet }: HomeEntry) => home.some((entry) => entry.tweet === tweet);
      const hasGone = (entry: HomeEntry) =>
        !isIn(entry) && before.filter(({ tweet }) => tweet === entry.tweet).every(isGone);
      const removed = [...new Set(before.filter(hasGone).map(({ tweet }) => tweet))];
      const added = model.made.slice(made).filter((entry) => names.has(nameOf(entry)) && !known.has(nameOf(entry)));
      made = model.made.length;
      const now = model.standings();
      const isChanged = now !== standings;
      standings = now;
      return {
        due: [
          ...added.map((entry) => ({ name: nameOf(entry), lane: laneOf(model, entry) })),
          ...removed.map((tweet) => ({ name: removalOf(tweet), lane: null })),
        ],
        isDue: (name) =>
          names.has(name) ||
          (name.endsWith(' removed') && !isChanged && !home.some(({ tweet }) => removalOf(tweet) === name)),
      };
    },
    wrong(lines) {
      const times = new Map<string, number>();
      for (const entry of model.made) times.set(nameOf(entry), (times.get(nameOf(entry)) ?? 0) + 1);
      return [...countsOf(lines.map(({ name }) => name).filter((name) => !name.endsWith(' removed')))].flatMap(
        ([name, told]) => {
          if (!everStood.has(name)) return [`${name} was told of, and never stood there`];
          return told > (times.get(name) ?? 0) ? [`${name} was told of ${told} times`] : [];
        },
      );
    },
  };
}

/** What was retweeted once more has the name of what it was before. */
function laneOf({ made }: Model, entry: HomeEntry): string | null {
  if (entry.retweetedBy === null) return 'tweets';
  return made.filter((other) => nameOf(other) === nameOf(entry)).length === 1 ? 'retweets' : null;
}

/**
 * An entry is told of once, when it begins. It has certainly begun with what was never done before, and with what was done in a
 * later window than everything before it. It is owed while something is shown that was done since then: what was done before is
 * in earlier entries of the same name.
 */
export function expectingNotifications(model: Model, viewer: string): Expecting {
  const everStood = new Set<string>();
  const begunAt = new Map<string, number>();
  let lookedAt = 0;

  return {
    look() {
      const shown = notificationsOf(model, viewer);
      const names = new Set(shown.map(({ key }) => key));
      for (const name of names) everStood.add(name);
      const isNew = ({ first }: Act) => first >= lookedAt;
      const windowOf = (ms: number) => Math.floor(ms / WINDOW_MS);
      const begins = (act: Act, ever: readonly Act[]) =>
        isNew(act) && ever.every((other) => isNew(other) || windowOf(other.span.to) < windowOf(act.span.from));
      const due = shown.flatMap(({ key, ever, shown: acts }) => {
        const beginning = acts.filter((act) => begins(act, ever)).at(-1);
        if (!beginning) return [];
        begunAt.set(key, beginning.first);
        return [{ name: key, lane: ever.every(isNew) ? 'notifications' : null }];
      });
      lookedAt = model.now;
      const isSinceItBegan = ({ key, shown: [latest] }: Notified) => {
        const begun = begunAt.get(key);
        return latest !== undefined && begun !== undefined && latest.first >= begun;
      };
      const stillDue = new Set(shown.filter(isSinceItBegan).map(({ key }) => key));
      return { due, isDue: (name) => stillDue.has(name) };
    },
    wrong(lines) {
      const neverStood = new Set(lines.map(({ name }) => name).filter((name) => !everStood.has(name)));
      const again = [...countsOf(lines.map(({ id, name }) => `${name} (${id})`))].filter(([, told]) => told > 1);
      return [
        ...[...neverStood].map((name) => `${name} was told of, and never was in the list`),
        ...again.map(([name, told]) => `${name} was told of ${told} times`),
      ];
    },
  };
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
