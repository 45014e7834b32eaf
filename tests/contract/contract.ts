import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsContract } from './accounts.contract.ts';
import { graphContract } from './graph.contract.ts';
import { listsContract } from './lists.contract.ts';
import { moderationContract } from './moderation.contract.ts';
import { notificationsContract } from './notifications.contract.ts';
import { type Client, createClient, type Door } from './people.ts';
import { timelineContract } from './timeline.contract.ts';
import { tweetsContract } from './tweets.contract.ts';

const operations = join(import.meta.dirname, '../../schema/operations');

function namesOfOperations(): string[] {
  return readdirSync(operations)
    .flatMap((file) => parse(readFileSync(join(operations, file), 'utf8')).definitions)
    .flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? ''] : []));
}

/** A running system, and what only its operators do. */
export interface OperatedDoor extends Door {
  /** Makes a moderator of an account, whose next session says so. */
  makeModerator(userId: string): Promise<void>;
}

/** What clients rely on, asked of a running system from outside: every operation that clients send, and its answer. */
export function contractOf(what: string, start: () => Promise<OperatedDoor>): void {
  describe(what, () => {
    let client: Client;
    let door: OperatedDoor;
    beforeAll(async () => {
      door = await start();
      client = createClient(door);
    });
    afterAll(() => door.stop());

    describe('accounts', () => accountsContract(() => client));
    describe('tweets', () => tweetsContract(() => client));
    describe('the social graph', () => graphContract(() => client));
    describe('lists', () => listsContract(() => client));
    describe('moderation', () =>
      moderationContract(
        () => client,
        (userId) => door.makeModerator(userId),
      ));
    describe('timelines', () => timelineContract(() => client));
    describe('notifications', () => notificationsContract(() => client));

    it('leaves no operation out', () => {
      expect([...client.sent].sort()).toEqual(namesOfOperations().sort());
    });
  });
}
