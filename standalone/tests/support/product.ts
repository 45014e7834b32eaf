import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { send } from '../../../tests/support/send.ts';

const BUILT = join(import.meta.dirname, '../../dist');

export interface Product {
  readonly child: ChildProcess;
  /** Everything on standard output and standard error so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** The address of the ready line; rejects when the product ends without one. */
  readonly ready: Promise<string>;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface ProductOptions {
  readonly shape?: 'main' | 'processes';
  readonly environment: Readonly<Record<string, string>>;
}

const ISOLATED = {
  HOST: undefined,
  DATABASE_URL: undefined,
  REDIS_URL: undefined,
  KAFKA_BROKERS: undefined,
  KAFKA_USERNAME: undefined,
  KAFKA_PASSWORD: undefined,
  KAFKA_SASL_MECHANISM: undefined,
  KAFKA_TLS: undefined,
  KAFKA_CA_FILE: undefined,
  DEMO_DATA: 'off',
  METRICS_PORT: undefined,
  ABUSE_CHECK: undefined,
  ABUSE_RULES: undefined,
  RATE_LIMIT_SCALE: undefined,
  PORT: '0',
};

/** Runs what is built as a process of its own, on a free port, with no demo data unless told. Call `build` before. */
export function runProduct({ shape = 'main', environment }: ProductOptions): Product {
  const child = spawn(process.execPath, [join(BUILT, `${shape}.js`)], {
    // Tests post faster than people may.
    env: { ...process.env, ...ISOLATED, LOG_LEVEL: 'warn', RATE_LIMIT_SCALE: '1000', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
      const url = /^Starling is ready at (\S+)\n$/m.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
    void ended.then((code) => reject(new Error(`The product ended with ${code} before it was ready:\n${out}${err}`)));
  });
  // Some tests only wait for the end.
  ready.catch(() => {});
  return { child, ready, ended, out: () => out, err: () => err };
}

interface Data {
  readonly register: { readonly tokens: { readonly accessToken: string } };
  readonly postTweet: { readonly tweet: { readonly id: string } };
  readonly tweet: { readonly text: string } | null;
}

/** The data of an answer from which no error is expected. */
export async function get<Wanted>(url: string, query: string, variables: object = {}, token?: string): Promise<Wanted> {
  const { data, errors } = await send<Wanted>(url, query, variables, token);
  if (!data || errors) throw new Error(JSON.stringify(errors ?? 'no data'));
  return data;
}

/** Registers somebody, and answers their access token. */
export async function register(url: string, username: string): Promise<string> {
  const data = await get<Pick<Data, 'register'>>(
    url,
    `mutation ($input: RegisterInput!) { register(input: $input) { tokens { accessToken } userErrors { message } } }`,
    {
      input: {
        username,
        email: `${username}@example.org`,
        password: 'correct horse battery',
        displayName: username,
      },
    },
  );
  return data.register.tokens.accessToken;
}

/** Posts a tweet, and answers its id: from then on it is acknowledged. */
export async function post(url: string, token: string, text: string): Promise<string> {
  const data = await get<Pick<Data, 'postTweet'>>(
    url,
    `mutation ($input: PostTweetInput!) { postTweet(input: $input) { tweet { id } userErrors { message } } }`,
    { input: { text } },
    token,
  );
  return data.postTweet.tweet.id;
}

export async function textOf(url: string, tweetId: string): Promise<string | undefined> {
  const document = 'query ($id: ID!) { tweet(id: $id) { text } }';
  return (await get<Pick<Data, 'tweet'>>(url, document, { id: tweetId })).tweet?.text;
}
