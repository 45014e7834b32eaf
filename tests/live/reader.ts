import { encodeCursor } from '@starling/platform/pagination';
import { createClient, type Client as WsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from '../../engines/processes.ts';

export interface Update {
  readonly cursor: string;
  readonly reason?: string;
  readonly tweetId?: string;
  readonly tweet?: { readonly text?: string; readonly replyCount?: number } | null;
  readonly notification?: { readonly kind: string; readonly tweet: { readonly text: string } | null } | null;
}

/** A subscription with `update` as its only field, and what an update of it tells. */
export interface Watching {
  readonly document: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The cursor to begin behind; null for what is new from now on. */
  readonly from: string | null;
  lineOf(update: Update): string | undefined;
}

const GAP = '... on StreamGap { cursor reason }';
const ADDED = '... on TweetAdded { cursor tweet { text author { username } } } ... on TweetRemoved { cursor tweetId }';
const lineOfTweet = ({ tweet, tweetId }: Update) => (tweetId === undefined ? tweet?.text : `${tweetId} is gone`);

/** With `viewerId` from the beginning of everything. */
export const homeOf = (viewerId?: string): Watching => ({
  document: `subscription ($after: String) { update: homeTimelineUpdates(after: $after) { ${ADDED} ${GAP} } }`,
  variables: {},
  from: viewerId === undefined ? null : encodeCursor(`home-stream:${viewerId}`, '0'),
  lineOf: lineOfTweet,
});

export const notificationsOf = (viewerId: string): Watching => ({
  document: `subscription ($after: String) { update: notificationAdded(after: $after) {
    ... on NotificationAdded { cursor notification { kind tweet { text } } } ${GAP} } }`,
  variables: {},
  from: encodeCursor(`notification-stream:${viewerId}`, '0'),
  lineOf: ({ notification }) => notification?.tweet?.text ?? notification?.kind,
});

export const conversationOf = (tweetId: string): Watching => ({
  document: `subscription ($tweetId: ID!, $after: String) {
    update: conversationUpdates(tweetId: $tweetId, after: $after) { ${ADDED} ${GAP} } }`,
  variables: { tweetId },
  from: encodeCursor(`conversation-stream:${tweetId}`, '0'),
  lineOf: lineOfTweet,
});

/** How many answers the tweet has. */
export const answersTo = (tweetId: string): Watching => ({
  document: `subscription ($tweetId: ID!, $after: String) { update: tweetUpdates(tweetId: $tweetId, after: $after) {
    ... on TweetCountsChanged { cursor tweet { replyCount } } ... on TweetRemoved { cursor tweetId } ${GAP} } }`,
  variables: { tweetId },
  from: encodeCursor(`tweet-stream:${tweetId}`, '0', '0', '0', '0', '0'),
  lineOf: ({ tweet, tweetId: gone }) => (gone === undefined ? String(tweet?.replyCount) : `${gone} is gone`),
});

const AGAIN_AFTER_MS = 200;

/**
 * A reader as an app has one: the library reconnects, and the app says where it had come to. An update that comes with errors, as
 * a part is away that it is made of, is asked for again.
 */
export class Reader {
  readonly received: string[] = [];
  /** The codes with which connections ended that the reader did not end itself. */
  readonly closes: number[] = [];
  readonly #token: string;
  readonly #watching: Watching;
  readonly #variables: { after: string | null };
  #client: WsClient | undefined;
  #again: NodeJS.Timeout | undefined;

  constructor(gateway: string, token: string, watching: Watching) {
    this.#token = token;
    this.#watching = watching;
    this.#variables = { ...watching.variables, after: watching.from };
    this.come(gateway);
  }

  /** Reads on at a gateway, from where it was when it left. */
  come(gateway: string): void {
    const client: WsClient = createClient({
      url: `${gateway.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.#token}` },
      // Of itself the library tries again after a connection that was closed, and not after one that nobody answered. For
      // one that is forbidden this reader has no other token.
      shouldRetry: (event) => (event as { code?: number }).code !== 4403,
      on: { closed: (event) => isHere() && this.closes.push((event as { code: number }).code) },
    });
    const isHere = () => this.#client === client;
    this.#client = client;
    client.subscribe<{ update: Update }>(
      { query: this.#watching.document, variables: this.#variables },
      {
        next: ({ data, errors }) => {
          if (!isHere()) return;
          const update = data?.update;
          if (update && !errors) this.#take(update);
          else this.#askAgain(gateway);
        },
        error: (error) => {
          if (isHere()) this.received.push(`error ${(error as { code?: number }).code ?? String(error)}`);
        },
        complete: () => {},
      },
    );
  }

  #take(update: Update): void {
    this.#variables.after = update.cursor;
    this.received.push(update.reason ?? this.#watching.lineOf(update) ?? JSON.stringify(update));
  }

  #askAgain(gateway: string): void {
    this.leave();
    this.#again = setTimeout(() => this.come(gateway), AGAIN_AFTER_MS);
  }

  async until(last: string): Promise<string[]> {
    await until(`"${last}" has arrived`, async () => this.received.includes(last), { withinMs: 60_000 }).catch(
      (error) => {
        throw new Error(`${String(error)} Received: ${this.received.join(' | ')}`);
      },
    );
    return this.received;
  }

  leave(): void {
    clearTimeout(this.#again);
    const client = this.#client;
    this.#client = undefined;
    void client?.dispose();
  }
}
