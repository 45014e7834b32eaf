import fc from 'fast-check';

/** What somebody does. Numbers pick an account, or a tweet among those posted so far (newest first, wrapping around). */
export type Command =
  | { readonly kind: 'post'; readonly by: number; readonly text: string; readonly mentioned: number | null }
  | {
      readonly kind: 'reply' | 'quote' | 'replyWithQuote';
      readonly by: number;
      readonly tweet: number;
      readonly text: string;
      readonly mentioned: number | null;
    }
  | {
      readonly kind: 'delete' | 'like' | 'unlike' | 'retweet' | 'undoRetweet' | 'bookmark' | 'removeBookmark' | 'pin';
      readonly by: number;
      readonly tweet: number;
    }
  | {
      readonly kind:
        | 'follow'
        | 'unfollow'
        | 'approve'
        | 'decline'
        | 'block'
        | 'unblock'
        | 'mute'
        | 'muteRetweets'
        | 'unmute'
        | 'removeFollower'
        | 'dismiss';
      readonly by: number;
      readonly user: number;
    }
  | { readonly kind: 'createList'; readonly by: number; readonly word: string; readonly isPrivate: boolean }
  /** Whoever made the list does it, or somebody. */
  | {
      readonly kind: 'renameList' | 'hideList' | 'showList' | 'deleteList';
      readonly by: number;
      readonly list: number;
      readonly as: Doer;
    }
  | {
      readonly kind: 'addMember' | 'removeMember';
      readonly by: number;
      readonly list: number;
      readonly as: Doer;
      readonly member: number;
    }
  | { readonly kind: 'muteWord' | 'unmuteWord'; readonly by: number; readonly phrase: string }
  | { readonly kind: 'protect' | 'open'; readonly by: number }
  /** Takes back the newest thing of its kind. */
  | { readonly kind: 'takeBack'; readonly by: number; readonly how: 'unlike' | 'undoRetweet' | 'removeBookmark' }
  /** About somebody of whom the person was just told something. */
  | { readonly kind: 'shun'; readonly by: number; readonly how: 'block' | 'mute' | 'muteRetweets' }
  /** Marks as read what stands at a place of the list, while somebody else likes something. */
  | {
      readonly kind: 'markRead';
      readonly by: number;
      readonly place: number;
      readonly liker: number;
      readonly tweet: number;
    }
  | { readonly kind: 'look'; readonly by: number }
  /** Trouble: cached timelines and entities are dropped, or every group gets its latest events once more. */
  | { readonly kind: 'evict' }
  | { readonly kind: 'redeliver' };

type Doer = 'owner' | 'somebody';

/** What people mute; `TEXTS` says of each text which of them it says. */
export const PHRASES = ['DAY', '#News', 'what', '@oracle1', 'ข่าว', '🐦', 'new'] as const;

/** What people write, with the phrases that are in it. */
export const TEXTS: Readonly<Record<string, readonly (typeof PHRASES)[number][]>> = {
  'a day': ['DAY'],
  'some #news': ['#News'],
  'what @oracle1 said': ['what', '@oracle1'],
  ข่าวดี: ['ข่าว'],
  '🐦 https://example.org/x': ['🐦'],
  'nothing new, day by day': ['DAY', 'new'],
};

/** Everybody follows everybody else. */
export function acquaintance(accounts: number): Command[] {
  const everybody = Array.from({ length: accounts }, (_, index) => index);
  return everybody.flatMap((by) =>
    everybody.flatMap((user): Command[] => (by === user ? [] : [{ kind: 'follow', by, user }])),
  );
}

function listCommands(by: fc.Arbitrary<number>, member: fc.Arbitrary<number>) {
  const about = { by, list: fc.nat(3), as: fc.constantFrom<Doer>('owner', 'owner', 'owner', 'somebody') };
  return [
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('createList' as const),
        by,
        word: fc.constantFrom('stars', 'ข่าว'),
        isPrivate: fc.constantFrom(false, false, true),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'addMember' as const,
          'addMember' as const,
          'addMember' as const,
          'removeMember' as const,
        ),
        ...about,
        member,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('renameList' as const, 'hideList' as const, 'showList' as const, 'deleteList' as const),
        ...about,
      }),
    },
  ];
}

export function commands(accounts: number, length: number): fc.Arbitrary<Command[]> {
  const by = fc.nat(accounts - 1);
  const user = fc.nat(accounts - 1);
  // Mostly what is new, so that there is something to be hidden of what is done.
  const tweet = fc.oneof({ weight: 2, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(12) });
  const text = fc.constantFrom(...Object.keys(TEXTS));
  const mentioned = fc.option(user, { freq: 2 });
  return fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('post' as const), by, text, mentioned }) },
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constantFrom('reply' as const, 'reply' as const, 'quote' as const, 'replyWithQuote' as const),
          by,
          tweet,
          text,
          mentioned,
        }),
      },
      {
        weight: 14,
        arbitrary: fc.record({
          kind: fc.constantFrom(
            'delete' as const,
            'like' as const,
            'like' as const,
            'unlike' as const,
            'retweet' as const,
            'retweet' as const,
            'undoRetweet' as const,
            'bookmark' as const,
            'bookmark' as const,
            'removeBookmark' as const,
            'pin' as const,
          ),
          by,
          tweet,
        }),
      },
      {
        weight: 11,
        arbitrary: fc.record({
          kind: fc.constantFrom(
            'follow' as const,
            'follow' as const,
            'follow' as const,
            'unfollow' as const,
            'approve' as const,
            'approve' as const,
            'decline' as const,
            'block' as const,
            'unblock' as const,
            'mute' as const,
            'muteRetweets' as const,
            'unmute' as const,
            'removeFollower' as const,
            'dismiss' as const,
          ),
          by,
          user,
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom('muteWord' as const, 'muteWord' as const, 'unmuteWord' as const),
          by,
          phrase: fc.constantFrom(...PHRASES),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('protect' as const, 'open' as const), by }) },
      ...listCommands(by, user),
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('takeBack' as const),
          by,
          how: fc.constantFrom('unlike' as const, 'undoRetweet' as const, 'removeBookmark' as const),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('shun' as const),
          by,
          how: fc.constantFrom('block' as const, 'mute' as const, 'muteRetweets' as const, 'muteRetweets' as const),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('markRead' as const), by, place: fc.nat(5), liker: user, tweet }),
      },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('look' as const), by }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'evict' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'redeliver' as const }) },
    ),
    { minLength: length, maxLength: length },
  );
}
