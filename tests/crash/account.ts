import { randomUUID } from 'node:crypto';
import { documentOf, type Payload, type Step } from '../oracle/act.ts';
import type { Person } from '../oracle/client.ts';
import { again, DEFINITE_WITHIN_MS, type Door } from './door.ts';
import { count, type Tally } from './tally.ts';

const PASSWORD = 'correct horse battery staple';

/** What came of a write, and whether its answer had been lost before. */
export interface Outcome {
  readonly codes: readonly string[];
  /** Of what has come into being by it. */
  readonly madeId: string | undefined;
  readonly unsure: boolean;
}

interface Session {
  readonly user: { readonly id: string } | null;
  readonly tokens: { readonly accessToken: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

const SESSION = 'user { id } tokens { accessToken } userErrors { code field }';

/** Says what a client could not find out in all the time that it had. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** Asks until the answer is definite. Requests are safe to send again, or tell by themselves that they had been there. */
async function definite<Data>(
  door: Door,
  document: string,
  variables: object,
  token: () => string | undefined,
  onFault: (codes: readonly string[]) => Promise<void>,
): Promise<{ readonly data: Data; readonly unsure: boolean }> {
  const end = performance.now() + DEFINITE_WITHIN_MS;
  let unsure = false;
  for (;;) {
    const reply = await door.once<Data>(document, variables, token());
    if ('data' in reply) return { data: reply.data, unsure };
    if ('fault' in reply) await onFault(reply.fault);
    else unsure = true;
    const why = 'fault' in reply ? reply.fault.join(', ') : reply.unknown;
    if (performance.now() > end)
      throw new NoAnswerError(`no definite answer from ${door.gateway}: ${why}\n${document}`);
    await again();
  }
}

const refuse = (codes: readonly string[]): Promise<void> =>
  Promise.reject(new Error(`refused altogether: ${codes.join(', ')}`));

/** Somebody at a client, who keeps asking. */
export interface Account extends Person {
  readonly door: Door;
  readonly token: string;
  /** Sends a write until its outcome is certain. */
  perform(step: Step): Promise<Outcome>;
}

export async function register(door: Door, tally: Tally, username: string): Promise<Account> {
  const input = { username, email: `${username}@example.org`, password: PASSWORD };
  const document = `mutation ($input: RegisterInput!) { session: register(input: $input) { ${SESSION} } }`;
  const first = await definite<{ session: Session }>(door, document, { input }, () => undefined, refuse);
  let { session } = first.data;
  // The answer to an attempt that succeeded was lost.
  const taken = session.userErrors.length > 0 && session.userErrors.every(({ code }) => code.endsWith('TAKEN'));
  if (first.unsure && taken) session = await logIn(door, username);
  if (!session.tokens || !session.user) throw new Error(`${username} cannot register: ${JSON.stringify(session)}`);
  count(tally.acknowledged, 'register');
  const id = session.user.id;
  let token = session.tokens.accessToken;

  let renewed = 0;
  const renew = async (codes: readonly string[]) => {
    const expired = codes.every((code) => code.startsWith('UNAUTHENTICATED'));
    if (!expired || renewed > 100) return refuse(codes);
    renewed += 1;
    token = (await logIn(door, username)).tokens?.accessToken ?? '';
  };

  return {
    id,
    username,
    door,
    get token() {
      return token;
    },
    async ask<Data>(document: string, variables: object = {}) {
      tally.readsChecked += 1;
      const { data } = await definite<Data>(door, document, variables, () => token, renew);
      return data;
    },
    async perform(step) {
      const input = step.field === 'postTweet' ? { ...step.input, idempotencyKey: randomUUID() } : step.input;
      const { data, unsure } = await definite<{ payload: Payload }>(
        door,
        documentOf(step),
        { input },
        () => token,
        renew,
      );
      if (unsure) tally.unsure += 1;
      return { codes: data.payload.userErrors.map(({ code }) => code), madeId: data.payload.made?.id, unsure };
    },
  };
}

async function logIn(door: Door, username: string): Promise<Session> {
  const document = `mutation ($input: LogInInput!) { session: logIn(input: $input) { ${SESSION} } }`;
  const variables = { input: { login: username, password: PASSWORD } };
  const { data } = await definite<{ session: Session }>(door, document, variables, () => undefined, refuse);
  return data.session;
}
