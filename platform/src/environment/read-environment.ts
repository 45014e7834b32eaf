import { z } from 'zod';
import { LOG_LEVELS } from '../telemetry/logger.ts';

/** A variable that cannot be used, or leads to what cannot be used. The message names it, for the person who set it. */
export class EnvironmentError extends Error {
  override readonly name: string = 'EnvironmentError';
}

/**
 * Reads the variables that `shape` names. One that is set to nothing counts as absent.
 *
 * @throws EnvironmentError
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  variables: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, variables[name]?.trim() || undefined]));
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path: [name], message }) =>
    given[String(name)] === undefined ? `${String(name)} is not set: ${message}` : `${String(name)} ${message}`,
  );
  throw new EnvironmentError(problems.join('\n'));
}

/** A port to listen on; 0 takes a free one. */
export const port = z
  .string()
  .regex(/^[0-9]{1,5}$/, { error: 'must be a port number from 0 to 65535' })
  .transform(Number)
  .refine((number) => number <= 65_535, { error: 'must be a port number from 0 to 65535' });

/** A number of followers; the largest is more than anybody has. */
export const followerLimit = z
  .string()
  .regex(/^([1-9][0-9]{0,8}|10{9})$/, { error: 'must be a whole number of followers from 1 to 1000000000' })
  .transform(Number);

const POSTGRES_URL = { error: 'must be an address such as postgres://user:password@host:5432/database' };

export const postgresUrl = z
  .string(POSTGRES_URL)
  .refine((text) => /^postgres(ql)?:/.test(text) && URL.canParse(text), POSTGRES_URL);

const addressesIn = (text: string) => text.split(',').map((part) => part.trim());

/** Whether signs that are written as `%` and two digits are such in the user and the password of an address. */
function isWellWritten(address: string): boolean {
  const { username, password } = new URL(address);
  try {
    decodeURIComponent(username);
    decodeURIComponent(password);
    return true;
  } catch {
    return false;
  }
}

/** One Redis, or nodes of a Redis Cluster separated by commas. */
export const redisUrl = z
  .string()
  .refine((text) => addressesIn(text).every((part) => /^rediss?:\/\//.test(part) && URL.canParse(part)), {
    error: 'must be an address such as redis://user:password@host:6379, or those of a Cluster with commas between them',
    abort: true,
  })
  .refine((text) => addressesIn(text).every(isWellWritten), {
    error: 'has a user or password with a % that is to be written as %25',
  });

const BROKER = /^[^\s:,/]+:[0-9]{1,5}$/;

/** Where some of Kafka's brokers are; they tell of the others. */
export const kafkaBrokers = z
  .string()
  .transform((text) => text.split(',').map((broker) => broker.trim()))
  .refine((brokers) => brokers.every((broker) => BROKER.test(broker)), {
    error: 'must be addresses such as host:9092,another:9092',
  });

const SHORTEST_SECRET = 32;

/** What identities between gateway and subgraphs are sealed with. */
export const identitySecret = z
  .string({ error: 'the gateway and the subgraphs share one' })
  .min(SHORTEST_SECRET, { error: `must have at least ${SHORTEST_SECRET} characters` });

/** Where the background work of a subgraph is done: in each of its processes, or in workers alone. */
export const background = z.enum(['here', 'elsewhere'], { error: 'must be here or elsewhere' });

/** Whether nothing but the documents of `schema/operations` is served. */
export const trustedDocuments = z.enum(['off', 'only'], { error: 'must be off or only' });

/** Whom a push service may turn to. */
export const pushContact = z.string().refine((text) => /^(mailto:[^\s@]+@|https:\/\/)[^\s]+$/.test(text), {
  error: 'must be an address such as mailto:operator@example.org or https://example.org/contact',
});

/** Where messages to browsers may be sent. */
export const pushAddresses = z.enum(['public', 'any'], { error: 'must be public or any' });

/** Hours between two digests for one person, at most a month; null, for `off`, makes none. */
export const digestPeriod = z
  .string()
  .regex(/^(off|[1-9][0-9]{0,2})$/, { error: 'must be a whole number of hours from 1 to 720, or off' })
  .transform((text) => (text === 'off' ? null : Number(text)))
  .refine((hours) => hours === null || hours <= 720, {
    error: 'must be a whole number of hours from 1 to 720, or off',
  });

export const logLevel = z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` });

export const onOrOff = z.enum(['on', 'off'], { error: 'must be on or off' }).transform((text) => text === 'on');

/** `development` tells clients what went wrong with faults of ours. */
export const nodeEnvironment = z.enum(['production', 'development', 'test'], {
  error: 'must be production, development or test',
});
