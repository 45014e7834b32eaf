import { eventType, makeEvent } from '@starling/platform/event-log';
import { phraseOf } from '@starling/visibility';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MutedKeywordsDocument } from '../../schema/generated/graphql.ts';
import { createClient, type Person } from '../contract/people.ts';
import { type RunningStarling, startStarling } from '../support/starling.ts';
import {
  act,
  EVERYWHERE,
  look,
  protect,
  type Scene,
  STORED_SURFACES,
  type Surface,
  setScene,
  watch,
} from './surfaces.ts';

let starling: RunningStarling;
beforeAll(async () => {
  starling = await startStarling({ shape: 'one-process' });
});
afterAll(() => starling.stop());

interface Rule {
  readonly name: string;
  /** Makes the rule stand. */
  make(scene: Scene): Promise<void>;
  /** Ends it. */
  lift(scene: Scene): Promise<void>;
  /** Where the author is hidden from the viewer while it stands. */
  readonly hides: readonly Surface[];
  readonly reason: readonly string[];
}

const QUOTES: readonly Surface[] = ['conversation, quoted by another', 'home, quoted by another'];
/** A quote is its own author's; what it quotes stands there as a tombstone. */
const except = (...surfaces: readonly Surface[]) =>
  EVERYWHERE.filter((surface) => ![...surfaces, ...QUOTES].includes(surface));

const HOME: readonly Surface[] = [
  'home',
  'home, retweeted by another',
  'home, retweeted by the author',
  'stream',
  'stream, retweeted by another',
  'stream, retweeted by the author',
];

const NOTIFIED: readonly Surface[] = ['notified of a like', 'notified of a retweet', 'notified of an answer'];

const WORDS: readonly Surface[] = [
  ...HOME.filter((surface) => !surface.endsWith('retweeted by the author')),
  'popular',
  ...QUOTES,
];

const muteEnded = eventType(
  'social-graph.mute',
  'user.muted.v1',
  z.object({ muterId: z.string(), mutedId: z.string(), until: z.string(), onlyRetweets: z.boolean() }),
);

const keywordMuteEnded = eventType(
  'social-graph.keyword',
  'keyword.muted.v1',
  z.object({ muterId: z.string(), mutedKeywordId: z.string(), words: z.string(), until: z.string() }),
);
const LONG_AGO = new Date(0).toISOString();

async function mutedKeywords(viewer: Person): Promise<readonly { readonly id: string }[]> {
  return (await viewer.ask(MutedKeywordsDocument, {})).mutedKeywords ?? [];
}

async function unmuteKeywords({ viewer }: Scene): Promise<void> {
  for (const { id } of await mutedKeywords(viewer)) {
    await act(starling, viewer, 'unmuteKeyword', { mutedKeywordId: id });
  }
}

const soon = () => new Date(Date.now() + 3_600_000).toISOString();
const unmute = ({ viewer, author }: Scene) => act(starling, viewer, 'unmuteUser', { userId: author.id });
const followAgain = ({ viewer, author }: Scene) => act(starling, viewer, 'followUser', { userId: author.id });

const RULES: readonly Rule[] = [
  { name: 'none', make: async () => {}, lift: async () => {}, hides: [], reason: [] },
  {
    name: 'the viewer blocks the author',
    make: ({ viewer, author }) => act(starling, viewer, 'blockUser', { userId: author.id }),
    async lift(scene) {
      await act(starling, scene.viewer, 'unblockUser', { userId: scene.author.id });
      await followAgain(scene);
    },
    hides: except('who follows the author', 'whom the author follows'),
    reason: ['BLOCKED'],
  },
  {
    name: 'the author blocks the viewer',
    make: ({ viewer, author }) => act(starling, author, 'blockUser', { userId: viewer.id }),
    async lift(scene) {
      await act(starling, scene.author, 'unblockUser', { userId: scene.viewer.id });
      await followAgain(scene);
    },
    hides: except('who follows the author', 'whom the author follows'),
    reason: ['BLOCKED'],
  },
  {
    name: 'the viewer mutes the author',
    make: ({ viewer, author }) => act(starling, viewer, 'muteUser', { userId: author.id }),
    lift: unmute,
    hides: [...HOME, ...NOTIFIED, 'conversation', 'popular'],
    reason: [],
  },
  {
    name: 'the viewer mutes the author for an hour',
    make: ({ viewer, author }) => act(starling, viewer, 'muteUser', { userId: author.id, until: soon() }),
    lift: unmute,
    hides: [...HOME, ...NOTIFIED, 'conversation', 'popular'],
    reason: [],
  },
  {
    name: 'the viewer muted the author until a moment ago',
    async make({ viewer, author }) {
      await act(starling, viewer, 'muteUser', { userId: author.id });
      const payload = { muterId: viewer.id, mutedId: author.id, until: LONG_AGO, onlyRetweets: false };
      const { database, eventLog } = starling.parts;
      await database.transaction((transaction) =>
        eventLog.append(transaction, [makeEvent(muteEnded, viewer.id, payload)]),
      );
    },
    lift: unmute,
    hides: [],
    reason: [],
  },
  {
    name: 'the viewer mutes what the author retweets',
    make: ({ viewer, author }) => act(starling, viewer, 'muteUser', { userId: author.id, onlyRetweets: true }),
    lift: unmute,
    hides: ['home, retweeted by the author', 'stream, retweeted by the author', 'notified of a retweet'],
    reason: [],
  },
  {
    name: 'the viewer mutes a word of what the author says',
    make: ({ viewer }) => act(starling, viewer, 'muteKeyword', { phrase: 'Author' }),
    lift: unmuteKeywords,
    // Whoever says it: the answer and the quote of a third as well. What the author retweets does not say it.
    hides: [...WORDS, 'conversation', 'notified of an answer'],
    reason: [],
  },
  {
    name: 'the viewer mutes a phrase for an hour',
    make: ({ viewer }) => act(starling, viewer, 'muteKeyword', { phrase: '“by THE author”', until: soon() }),
    lift: unmuteKeywords,
    hides: WORDS,
    reason: [],
  },
  {
    name: 'the viewer muted a word until a moment ago',
    async make({ viewer }) {
      await act(starling, viewer, 'muteKeyword', { phrase: 'author', until: soon() });
      const { database, eventLog } = starling.parts;
      const [keyword] = await mutedKeywords(viewer);
      const payload = {
        muterId: viewer.id,
        mutedKeywordId: keyword?.id ?? '',
        words: phraseOf('author'),
        until: LONG_AGO,
      };
      await database.transaction((transaction) =>
        eventLog.append(transaction, [makeEvent(keywordMuteEnded, viewer.id, payload)]),
      );
    },
    lift: unmuteKeywords,
    hides: [],
    reason: [],
  },
  {
    name: 'the viewer mutes a tag that nobody uses, a part of a word, and words in another order',
    async make({ viewer }) {
      for (const phrase of ['#author', 'auth', 'author by']) await act(starling, viewer, 'muteKeyword', { phrase });
    },
    lift: unmuteKeywords,
    hides: [],
    reason: [],
  },
  {
    name: 'the author is protected, and the viewer a stranger',
    async make({ author, viewer }) {
      await protect(author, true);
      await act(starling, author, 'removeFollower', { userId: viewer.id });
      await act(starling, viewer, 'followUser', { userId: author.id });
    },
    async lift({ author }) {
      await protect(author, false);
      // The request that waits becomes a follow, moments later.
      await starling.processAll();
    },
    hides: except('followers of another', 'members of a list'),
    reason: ['AUTHOR_PROTECTED'],
  },
  {
    name: 'the author is protected, and the viewer approved',
    async make({ author, viewer }) {
      await protect(author, true);
      await act(starling, author, 'removeFollower', { userId: viewer.id });
      await act(starling, viewer, 'followUser', { userId: author.id });
      await act(starling, author, 'approveFollowRequest', { userId: viewer.id });
    },
    lift: async ({ author }) => void (await protect(author, false)),
    // Nobody spreads what a protected account says.
    hides: ['stream, retweeted by another'],
    reason: [],
  },
];

describe.each(RULES)('$name', ({ make, lift, hides, reason }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(starling, createClient(starling));
  });

  it('holds at the very next read on every surface, stored and live, and no longer than it stands', async () => {
    const stored = STORED_SURFACES.filter((surface) => hides.includes(surface));
    expect(await look(starling, scene, scene.viewer)).toEqual({ hidden: [], reasons: [] });
    const unheard = await watch(starling, scene, async () => {
      await make(scene);
      expect(await look(starling, scene, scene.viewer)).toEqual({ hidden: stored, reasons: reason });
    });
    expect(unheard).toEqual(
      EVERYWHERE.filter((surface) => hides.includes(surface) && !stored.includes(surface as never)),
    );
    // Whatever is cached, and whatever is not.
    expect((await look(starling, scene, scene.viewer)).hidden).toEqual(stored);
    await starling.evictCaches();
    expect((await look(starling, scene, scene.viewer)).hidden).toEqual(stored);
    // Of the rules between two accounts nobody else notices anything.
    expect((await look(starling, scene, scene.third)).hidden).toEqual(['bookmarks']);
    await lift(scene);
    expect(await look(starling, scene, scene.viewer)).toEqual({ hidden: [], reasons: [] });
  });
});

describe('a deleted tweet', () => {
  it('is gone from every surface at the very next read, for everybody, and what the author did besides stays', async () => {
    const scene = await setScene(starling, createClient(starling));
    for (const reader of [scene.viewer, scene.author, null]) await look(starling, scene, reader);
    await act(starling, scene.author, 'deleteTweet', { tweetId: scene.ids.tweet });
    const everybodys: readonly Surface[] = [
      'look-up by id',
      'nodes',
      'quoted',
      'replyTo',
      'root',
      'ancestors',
      'profile timeline',
      'profile of who retweeted it',
      'likes of another',
      'timeline of a list',
      'popular',
    ];
    const hidden = [...everybodys, 'home', 'home, retweeted by another', 'bookmarks'];
    expect(await look(starling, scene, scene.viewer)).toEqual({ hidden, reasons: ['DELETED'] });
    expect(await look(starling, scene, null)).toEqual({ hidden: everybodys, reasons: ['DELETED'] });
    await starling.evictCaches();
    expect(await look(starling, scene, scene.viewer)).toEqual({ hidden, reasons: ['DELETED'] });
  });
});

describe('a muted word', () => {
  it('never hides what the viewer says, and what a quote says that one may not see tells nothing', async () => {
    const { author, viewer, third, ids } = await setScene(starling, createClient(starling));
    const own = await viewer.post('The author, says the viewer.');
    const ofOwn = await third.post('Hear, hear.', { quotedTweetId: own });
    await act(starling, third, 'retweet', { tweetId: own });
    await act(starling, viewer, 'retweet', { tweetId: ids.pinned });
    await act(starling, viewer, 'muteKeyword', { phrase: 'author' });
    const home = async () => {
      const { data } = await starling.graphql<{ homeTimeline: { nodes: { id: string }[] } }>(
        '{ homeTimeline { nodes { id } } }',
        {},
        viewer.accessToken,
      );
      return data?.homeTimeline.nodes.map(({ id }) => id);
    };
    // What one wrote and retweeted oneself, what others retweet of it, and what quotes it.
    const shown = [ids.pinned, own, ofOwn, own, ids.mine, ids.mine, ids.question, ids.question];
    expect(await home()).toEqual(shown);
    // What was quoted shows as a tombstone: whether it says the word is not to be found out.
    await act(starling, author, 'blockUser', { userId: viewer.id });
    expect(await home()).toEqual([own, ofOwn, own, ids.mine, ids.quotingAnswer, ids.quote, ids.question]);
    await act(starling, author, 'unblockUser', { userId: viewer.id });
    await act(starling, author, 'deleteTweet', { tweetId: ids.tweet });
    expect(await home()).toEqual([ids.pinned, own, ofOwn, own, ids.mine, ids.quotingAnswer, ids.quote, ids.question]);
  });
});

describe('a protected account', () => {
  it('is hidden from who is signed out, and open again at the next read', async () => {
    const scene = await setScene(starling, createClient(starling));
    expect((await look(starling, scene, null)).hidden).toEqual([]);
    await protect(scene.author, true);
    const everywhere = except(
      'followers of another',
      'followers of another whom one knows',
      'members of a list',
      'bookmarks',
    );
    const hidden = STORED_SURFACES.filter(
      (surface) => everywhere.includes(surface) && !/^(home|notified)/.test(surface),
    );
    expect(await look(starling, scene, null)).toEqual({ hidden, reasons: ['AUTHOR_PROTECTED'] });
    await protect(scene.author, false);
    expect(await look(starling, scene, null)).toEqual({ hidden: [], reasons: [] });
  });

  it('cannot be retweeted by others, and is no tweet at all to strangers', async () => {
    const { author, third, viewer, ids } = await setScene(starling, createClient(starling));
    await protect(author, true);
    await act(starling, author, 'removeFollower', { userId: viewer.id });
    const send = async (who: typeof author, field: string, input: object) => {
      const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { payload: ${field}(input: $input) { userErrors { code field } } }`;
      const { data } = await starling.graphql<{ payload: { userErrors: object[] } }>(
        document,
        { input },
        who.accessToken,
      );
      return data?.payload.userErrors;
    };
    const at = (code: string, field: string) => [{ code, field: ['input', field] }];
    expect(await send(third, 'retweet', { tweetId: ids.later })).toEqual(at('PROTECTED', 'tweetId'));
    expect(await send(third, 'likeTweet', { tweetId: ids.later })).toEqual([]);
    expect(await send(author, 'retweet', { tweetId: ids.later })).toEqual([]);
    for (const field of ['retweet', 'likeTweet', 'bookmarkTweet', 'deleteTweet']) {
      expect(await send(viewer, field, { tweetId: ids.later }), field).toEqual(at('NOT_FOUND', 'tweetId'));
    }
    const answer = { text: 'x', replyToTweetId: ids.later };
    expect(await send(viewer, 'postTweet', answer)).toEqual(at('NOT_FOUND', 'replyToTweetId'));
  });
});
