import { expectingHome, expectingNotifications, HOME, NOTIFICATIONS } from './expectations.ts';
import type { Model } from './model.ts';
import { owedBy, type StreamTally } from './owed.ts';
import { type Seat, watch } from './stream.ts';

/** Somebody who watches their home and their notifications, and holds what comes against the model. */
export interface Watcher {
  /** To be told after everything that is done, and when it was first sent. */
  look(sentAt: number): void;
  /** What the streams owe and say nothing of. */
  owing(): string[];
  /** What they told twice, out of order, or without there ever having been anything to tell. */
  wrong(): string[];
  stop(): Promise<void>;
}

const STORY_LINES = 30;

export function watcherOf(model: Model, viewer: string, seat: Seat, tally: StreamTally): Watcher {
  const counting: Seat = {
    ...seat,
    onGap() {
      tally.gaps += 1;
    },
  };
  const streams = [
    { what: 'home', watched: HOME, expecting: expectingHome(model, viewer) },
    { what: 'notifications', watched: NOTIFICATIONS, expecting: expectingNotifications(model, viewer) },
  ].map(({ what, watched, expecting }) => {
    const stream = watch(watched, viewer, counting);
    const story = () => `the stream of ${what} of ${viewer}: ${stream.story().slice(-STORY_LINES).join('; ')}`;
    return { expecting, stream, story, owed: owedBy(stream, tally) };
  });

  return {
    look(sentAt) {
      for (const { expecting, owed } of streams) owed.look(expecting.look(), sentAt);
    },
    owing: () => streams.flatMap(({ owed, story }) => owed.missing().map((name) => `${name} is missing in ${story()}`)),
    wrong: () =>
      streams.flatMap(({ expecting, stream, owed, story }) =>
        [...expecting.wrong(stream.lines), ...owed.misplaced()].map((what) => `${what} in ${story()}`),
      ),
    async stop() {
      await Promise.all(streams.map(({ stream }) => stream.stop()));
    },
  };
}
