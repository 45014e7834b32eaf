import { expect, test } from 'vitest';
import type { DigestLine } from './digest-events.ts';
import { digestText } from './digest-text.ts';

const usernames = new Map([
  ['1', 'ada'],
  ['2', 'bo'],
  ['3', 'cy'],
]);
const line = (kind: DigestLine['kind'], rest: Partial<DigestLine> = {}): DigestLine => ({
  kind,
  tweetId: '9',
  atMs: Date.UTC(2026, 2, 1, 9, 5),
  actorIds: ['1'],
  actorCount: 1,
  milestone: null,
  ...rest,
});

test.each<[DigestLine, string]>([
  [line('LIKE'), '@ada likes a tweet of yours'],
  [line('LIKE', { actorIds: ['1', '2'], actorCount: 2 }), '@ada and @bo like a tweet of yours'],
  [line('LIKE', { actorIds: ['1', '2', '3'], actorCount: 4 }), '@ada, @bo, @cy and 1 other like a tweet of yours'],
  [
    line('LIKE', { actorIds: ['1', '2', '3'], actorCount: 1_003 }),
    '@ada, @bo, @cy and 1,000 others like a tweet of yours',
  ],
  [line('RETWEET'), '@ada retweeted a tweet of yours'],
  [line('QUOTE'), '@ada quoted a tweet of yours'],
  [line('REPLY'), '@ada answered a tweet of yours'],
  [line('MENTION'), '@ada mentioned you'],
  [line('FOLLOW', { tweetId: null }), '@ada follows you'],
  [line('FOLLOW_REQUEST', { actorIds: ['1', '2'], actorCount: 2 }), '@ada and @bo ask to follow you'],
  [line('MILESTONE', { actorIds: [], actorCount: 10_000, milestone: 10_000 }), 'A tweet of yours has 10,000 likes'],
  [line('MODERATION', { actorIds: [], actorCount: 0 }), 'A moderator has released a tweet of yours that was held'],
  [
    line('MODERATION', { actorIds: [], actorCount: 0, tweetId: null }),
    'A moderator has discarded a tweet of yours that was held',
  ],
  [line('MENTION', { actorIds: ['7'] }), 'Somebody mentioned you'],
  [line('FOLLOW', { actorIds: ['7', '1'], actorCount: 2 }), '@ada and 1 other follow you'],
  [line('FOLLOW', { actorIds: ['7', '8'], actorCount: 2 }), '2 people follow you'],
])('a line for %j', (given, said) => {
  const { subject, text, html } = digestText({ lines: [given], more: 0 }, usernames, undefined);
  expect(subject).toBe('1 new notification on Starling');
  expect(text).toContain(`\n- ${said} (2026-03-01 09:05 UTC)\n`);
  expect(html).toContain(`<li>${said} (2026-03-01 09:05 UTC)</li>`);
});

test('what is beyond the lines is counted', () => {
  const { subject, text, html } = digestText(
    { lines: [line('LIKE'), line('FOLLOW')], more: 980 },
    usernames,
    undefined,
  );
  expect(subject).toBe('982 new notifications on Starling');
  expect(text).toContain('And 980 more.');
  expect(html).toContain('<p>And 980 more.</p>');
});

test('a link ends it, and nothing breaks out of the page', () => {
  const url = `https://example.org/stop?token=1."'<script>&x`;
  const { text, html } = digestText({ lines: [line('LIKE')], more: 0 }, new Map([['1', '<b>"&\'']]), url);
  expect(text).toContain(`End it: ${url}`);
  expect(html).toContain('<a href="https://example.org/stop?token=1.&quot;&#39;&lt;script&gt;&amp;x">');
  expect(html).toContain('<li>@&lt;b&gt;&quot;&amp;&#39; likes');
});
