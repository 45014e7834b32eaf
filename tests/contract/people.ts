import { randomBytes } from 'node:crypto';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, Kind, print } from 'graphql';
import { expect } from 'vitest';
import { LogInDocument, PostTweetDocument, RegisterDocument } from '../../schema/generated/graphql.ts';
import type { LiveClient } from '../support/live-client.ts';
import type { Answer } from '../support/send.ts';

/** A running system as its clients meet it, whatever is behind the address. */
export interface Door {
  graphql<Data>(document: string, variables?: object, token?: string): Promise<Answer<Data>>;
  live(token?: string): LiveClient;
  stop(): Promise<void>;
}

/** Somebody with an account, and a client that sends the contract's operations as them. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** The answer's data; any top-level error fails the test. */
  ask<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data>;
  /** Posts, and answers the new tweet's id. */
  post(text: string, more?: { replyToTweetId?: string; quotedTweetId?: string }): Promise<string>;
}

/** A client of the contract: sends its operations, and remembers which. */
export interface Client {
  readonly door: Door;
  readonly sent: Set<string>;
  ask<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Data>;
  /** A name that nobody else has, at most 15 characters long. */
  freshName(name: string): string;
  register(name: string): Promise<Person>;
  /** The same person with a session of its own. */
  logInAgain(person: Person): Promise<Person>;
}

export function operationName({ definitions }: DocumentNode): string {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operation?.name?.value ?? '';
}

export function createClient(door: Door): Client {
  const sent = new Set<string>();
  const mark = randomBytes(3).toString('hex');
  let names = 0;

  const client: Client = {
    door,
    sent,
    async ask<Data, Variables extends object>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
      token?: string,
    ) {
      sent.add(operationName(document));
      const { data, errors } = await door.graphql<Data>(print(document), variables, token);
      expect(errors, operationName(document)).toBeUndefined();
      return data as Data;
    },
    freshName: (name) => `${name.slice(0, 6)}${mark}${(names++).toString(36)}`,
    async register(name) {
      const username = client.freshName(name);
      const [email, password] = [`${username}@example.org`, 'correct horse battery staple'];
      const { register } = await client.ask(RegisterDocument, { input: { username, email, password } });
      if (!register.user || !register.tokens) throw new Error(JSON.stringify(register.userErrors));
      return withTokens({ id: register.user.id, username, email, password }, register.tokens);
    },
    async logInAgain({ id, username, email, password }) {
      const { logIn } = await client.ask(LogInDocument, { input: { login: username, password } });
      if (!logIn.tokens) throw new Error(JSON.stringify(logIn.userErrors));
      return withTokens({ id, username, email, password }, logIn.tokens);
    },
  };

  function withTokens(
    account: Pick<Person, 'id' | 'username' | 'email' | 'password'>,
    { accessToken, refreshToken }: Pick<Person, 'accessToken' | 'refreshToken'>,
  ): Person {
    return {
      ...account,
      accessToken,
      refreshToken,
      ask: (document, variables) => client.ask(document, variables, accessToken),
      async post(text, more = {}) {
        const { postTweet } = await client.ask(PostTweetDocument, { input: { text, ...more } }, accessToken);
        if (!postTweet.tweet) throw new Error(JSON.stringify(postTweet.userErrors));
        return postTweet.tweet.id;
      },
    };
  }
  return client;
}
