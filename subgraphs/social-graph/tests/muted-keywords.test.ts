import { phraseOf } from '@starling/visibility';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph({ maxMutedKeywords: 3 });
});
afterAll(() => graph.stop());

interface Keyword {
  readonly id: string;
  readonly phrase: string;
  readonly until: string | null;
}
interface Muted {
  readonly mutedKeyword: Keyword | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

async function mute(viewer: string | null, phrase: string, until?: string | null): Promise<Muted> {
  const document = `mutation ($input: MuteKeywordInput!) {
    muteKeyword(input: $input) { mutedKeyword { id phrase until } userErrors { code field } } }`;
  const { data, errors } = await graph.ask<{ muteKeyword: Muted }>(viewer, document, { input: { phrase, until } });
  expect(errors).toEqual([]);
  return data.muteKeyword;
}

const unmute = (viewer: string | null, mutedKeywordId: string) =>
  graph.ask(viewer, 'mutation ($input: UnmuteKeywordInput!) { unmuteKeyword(input: $input) { userErrors { code } } }', {
    input: { mutedKeywordId },
  });

async function list(viewer: string): Promise<readonly Keyword[]> {
  const { data } = await graph.ask<{ mutedKeywords: Keyword[] }>(viewer, '{ mutedKeywords { id phrase until } }');
  return data.mutedKeywords;
}

const eventsOf = async (key: string) => (await graph.events()).filter((event) => event.key === key);
const later = new Date(Date.now() + 3_600_000).toISOString();
const viewer = newId;

describe('SG-3: keyword mute', () => {
  test('mutes a phrase with an event that tells its words and not its text, and lists it, newest first', async () => {
    const me = viewer();
    const { mutedKeyword: first } = await mute(me, '  Season FINALE ');
    expect(first).toMatchObject({ phrase: 'Season FINALE', until: null });
    const { mutedKeyword: second } = await mute(me, '🐦', later);
    expect(await list(me)).toEqual([
      { id: second?.id, phrase: '🐦', until: later },
      { id: first?.id, phrase: 'Season FINALE', until: null },
    ]);
    const muted = { muterId: me, mutedKeywordId: first?.id, words: phraseOf('season finale'), until: null };
    const [event] = await eventsOf(me);
    expect(event).toEqual({ name: 'keyword.muted.v1', key: me, payload: muted });
    expect(JSON.stringify(event).toLowerCase()).not.toContain('season');
  });

  test('what says the same is the same keyword: its end is replaced, and the same again is no event', async () => {
    const me = viewer();
    const { mutedKeyword } = await mute(me, 'Caf\u00e9');
    const again = { id: mutedKeyword?.id, phrase: 'Caf\u00e9', until: later };
    expect(await mute(me, 'CAFE\u0301!', later)).toEqual({ mutedKeyword: again, userErrors: [] });
    expect(await mute(me, '“café”', later)).toEqual({ mutedKeyword: again, userErrors: [] });
    expect(await list(me)).toEqual([again]);
    expect((await eventsOf(me)).map(({ payload }) => (payload as { until: string | null }).until)).toEqual([
      null,
      later,
    ]);
    // A tag is something else.
    expect((await mute(me, '#café')).mutedKeyword?.id).not.toBe(mutedKeyword?.id);
  });

  test.each([
    ['', 'BLANK'],
    [' \u3000\n ', 'BLANK'],
    ['x'.repeat(101), 'TOO_LONG'],
    ['x '.repeat(5_000), 'TOO_LONG'],
    ['?!…', 'INVALID'],
    ['#', 'INVALID'],
    ['\u200b', 'INVALID'],
    ['a\u0000b', 'INVALID'],
  ])('%j is refused as %s, and nothing changes', async (phrase, code) => {
    const me = viewer();
    expect(await mute(me, phrase)).toEqual({
      mutedKeyword: null,
      userErrors: [{ code, field: ['input', 'phrase'] }],
    });
    expect(await list(me)).toEqual([]);
    expect(await eventsOf(me)).toEqual([]);
  });

  test('100 characters may be longer than 100 units; an end that has passed is refused', async () => {
    const me = viewer();
    expect((await mute(me, '🐦'.repeat(100))).userErrors).toEqual([]);
    const { userErrors } = await mute(me, 'late', '2020-01-01T00:00:00Z');
    expect(userErrors).toEqual([{ code: 'INVALID', field: ['input', 'until'] }]);
  });

  test('one may mute so many and no more, however many at once; what has ended counts as none and goes', async () => {
    const me = viewer();
    const payloads = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((phrase) => mute(me, phrase, later)));
    const refused = payloads.filter(({ userErrors }) => userErrors.length > 0);
    expect(refused.map(({ userErrors }) => userErrors)).toEqual(
      Array.from({ length: 2 }, () => [{ code: 'LIMIT_REACHED', field: null }]),
    );
    const [newest, ...rest] = await list(me);
    // What is muted already is no new one.
    expect((await mute(me, newest?.phrase ?? '')).userErrors).toEqual([]);
    await graph.database.pool.query('UPDATE social_graph.muted_keywords SET until = now() WHERE id = ANY($1)', [
      rest.map(({ id }) => id),
    ]);
    expect((await list(me)).map(({ id }) => id)).toEqual([newest?.id]);
    expect((await mute(me, 'f')).userErrors).toEqual([]);
    const ended = (await eventsOf(me)).filter(({ name }) => name === 'keyword.unmuted.v1');
    expect(ended.map(({ payload }) => (payload as { mutedKeywordId: string }).mutedKeywordId).sort()).toEqual(
      rest.map(({ id }) => id).sort(),
    );
  });

  test('muting again what has ended begins anew', async () => {
    const me = viewer();
    await mute(me, 'again', later);
    await graph.database.pool.query('UPDATE social_graph.muted_keywords SET until = now() WHERE muter_id = $1', [me]);
    const { mutedKeyword } = await mute(me, 'Again');
    expect(await list(me)).toEqual([{ id: mutedKeyword?.id, phrase: 'Again', until: null }]);
  });

  test('unmuting ends it, once, for its owner alone, and can be said again', async () => {
    const [me, another] = [viewer(), viewer()];
    const id = (await mute(me, 'word')).mutedKeyword?.id ?? '';
    const nothing = { data: { unmuteKeyword: { userErrors: [] } }, errors: [] };
    expect(await unmute(another, id)).toEqual(nothing);
    expect(await list(me)).toHaveLength(1);
    expect(await unmute(me, id)).toEqual(nothing);
    expect(await unmute(me, id)).toEqual(nothing);
    expect(await list(me)).toEqual([]);
    expect((await eventsOf(me)).map(({ name }) => name)).toEqual(['keyword.muted.v1', 'keyword.unmuted.v1']);
    expect((await eventsOf(another)).length).toBe(0);
    expect((await unmute(me, 'x')).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'input.mutedKeywordId' } },
    ]);
  });

  test('is for who is logged in, and nobody else sees another’s', async () => {
    const me = viewer();
    const id = (await mute(me, 'mine')).mutedKeyword?.id ?? '';
    for (const { errors } of [await graph.ask(null, '{ mutedKeywords { id } }'), await unmute(null, id)]) {
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    const document = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on MutedKeyword { id phrase } } }`;
    const of = [{ __typename: 'MutedKeyword', nodeId: id }];
    const seenBy = async (who: string | null) => (await graph.ask(who, document, { of })).data;
    expect(await seenBy(me)).toEqual({ _entities: [{ id, phrase: 'mine' }] });
    for (const who of [viewer(), null]) expect(await seenBy(who)).toEqual({ _entities: [null] });
  });
});
