import type { Consumer, Event } from '@starling/platform/event-log';
import type { Database, Transaction } from '@starling/platform/postgres';
import { z } from 'zod';
import { type AccountName, nameAccounts } from '../account-copy-store.ts';
import { addFollows, addProtectedAccounts, removeFollows, removeProtectedAccounts } from '../audience-copy-store.ts';
import { removeMutedKeywords, setMutedKeywords } from '../muted-keyword-store.ts';
import { addBlocks, removeBlocks, removeMutes, setMutes } from '../relation-store.ts';

const id = z.string();
const named = z.object({ userId: id, username: z.string() });
const profileChange = z.object({ userId: id, isProtected: z.boolean() });
const follow = z.object({ followerId: id, followeeId: id });
const block = z.object({ blockerId: id, blockedId: id });
const mute = z.object({ muterId: id, mutedId: id, until: z.string().nullable(), onlyRetweets: z.boolean() });
const unmute = z.object({ muterId: id, mutedId: id });
const muteKeyword = z.object({ muterId: id, mutedKeywordId: id, words: z.string(), until: z.string().nullable() });
const unmuteKeyword = z.object({ muterId: id, mutedKeywordId: id });

/** What relations between accounts are made of. */
export const RELATION_TOPICS = [
  'users.account',
  'social-graph.follow',
  'social-graph.block',
  'social-graph.mute',
] as const;

export const KEYWORD_TOPIC = 'social-graph.keyword';

/** The last event of each key, by the names that count: what came before it no longer matters. */
function lastByKey<Payload>(
  events: readonly Event[],
  types: Readonly<Record<string, z.ZodType<Payload>>>,
  keyOf: (payload: Payload) => string,
): { readonly name: string; readonly payload: Payload; readonly occurredAt: Date }[] {
  const last = new Map<string, { name: string; payload: Payload; occurredAt: Date }>();
  for (const { name, payload: raw, occurredAt } of events) {
    const type = types[name];
    if (!type) continue;
    const payload = type.parse(raw);
    last.set(keyOf(payload), { name, payload, occurredAt });
  }
  return [...last.values()];
}

async function applyNames(transaction: Transaction, events: readonly Event[]): Promise<void> {
  const types = { 'account.registered.v1': named, 'account.username-changed.v1': named };
  const names = lastByKey(events, types, ({ userId }) => userId).map(
    ({ payload, occurredAt }): AccountName => ({
      userId: payload.userId,
      username: payload.username.toLowerCase(),
      namedAt: occurredAt,
    }),
  );
  if (names.length > 0) await nameAccounts(transaction, names);
}

async function applyProtections(transaction: Transaction, events: readonly Event[]): Promise<void> {
  const types = { 'account.profile-changed.v1': profileChange };
  const last = lastByKey(events, types, ({ userId }) => userId).map(({ payload }) => payload);
  const of = (wanted: boolean) => last.filter(({ isProtected }) => isProtected === wanted).map(({ userId }) => userId);
  const [closed, open] = [of(true), of(false)];
  if (closed.length > 0) await addProtectedAccounts(transaction, closed);
  if (open.length > 0) await removeProtectedAccounts(transaction, open);
}

async function applyFollows(transaction: Transaction, events: readonly Event[]): Promise<void> {
  const types = { 'user.followed.v1': follow, 'user.unfollowed.v1': follow };
  const last = lastByKey(events, types, ({ followerId, followeeId }) => `${followerId}>${followeeId}`);
  const of = (wanted: string) => last.filter(({ name }) => name === wanted).map(({ payload }) => payload);
  const [followed, unfollowed] = [of('user.followed.v1'), of('user.unfollowed.v1')];
  if (followed.length > 0) await addFollows(transaction, followed);
  if (unfollowed.length > 0) await removeFollows(transaction, unfollowed);
}

async function applyBlocks(transaction: Transaction, events: readonly Event[]): Promise<void> {
  const types = { 'user.blocked.v1': block, 'user.unblocked.v1': block };
  const last = lastByKey(events, types, ({ blockerId, blockedId }) => `${blockerId}>${blockedId}`);
  const of = (wanted: string) => last.filter(({ name }) => name === wanted).map(({ payload }) => payload);
  const [blocked, unblocked] = [of('user.blocked.v1'), of('user.unblocked.v1')];
  if (blocked.length > 0) await addBlocks(transaction, blocked);
  if (unblocked.length > 0) await removeBlocks(transaction, unblocked);
}

async function applyMutes(transaction: Transaction, events: readonly Event[]): Promise<void> {
  const types: Record<string, z.ZodType<z.infer<typeof unmute> | z.infer<typeof mute>>> = {
    'user.muted.v1': mute,
    'user.unmuted.v1': unmute,
  };
  const last = lastByKey(events, types, ({ muterId, mutedId }) => `${muterId}>${mutedId}`).map(
    ({ payload }) => payload,
  );
  const muted = last.flatMap((payload) => ('onlyRetweets' in payload ? [payload] : []));
  const unmuted = last.filter((payload) => !('onlyRetweets' in payload));
  if (muted.length > 0) await setMutes(transaction, muted);
  if (unmuted.length > 0) await removeMutes(transaction, unmuted);
}

async function applyKeywords(transaction: Transaction, events: readonly Event[]): Promise<void> {
  const types: Record<string, z.ZodType<z.infer<typeof unmuteKeyword> | z.infer<typeof muteKeyword>>> = {
    'keyword.muted.v1': muteKeyword,
    'keyword.unmuted.v1': unmuteKeyword,
  };
  const last = lastByKey(events, types, ({ mutedKeywordId }) => mutedKeywordId).map(({ payload }) => payload);
  const muted = last.flatMap((payload) => ('words' in payload ? [payload] : []));
  const unmuted = last.filter((payload) => !('words' in payload));
  if (muted.length > 0) await setMutedKeywords(transaction, muted);
  if (unmuted.length > 0) await removeMutedKeywords(transaction, unmuted);
}

/** Who has which name, who is protected, who follows, blocks and mutes whom, and which words. Idempotent by nature: the last event of a key says how it is. */
export function copies(database: Database): Consumer {
  return {
    group: 'tweets.copies',
    topics: [...RELATION_TOPICS, KEYWORD_TOPIC],
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          await applyNames(transaction, events);
          await applyProtections(transaction, events);
          await applyFollows(transaction, events);
          await applyBlocks(transaction, events);
          await applyMutes(transaction, events);
          await applyKeywords(transaction, events);
        },
        { durable: false },
      );
    },
  };
}
