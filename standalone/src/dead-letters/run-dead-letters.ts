import { parseArgs } from 'node:util';
import { isEventId, type LetterChoice, listDeadLetters, replayDeadLetters } from '@starling/platform/event-log';
import type { Queryable } from '@starling/platform/postgres';
import { UsageError } from '../operator-command.ts';

export const USAGE = `npm run dead-letters -- list [--topic T] [--group G]
npm run dead-letters -- show <event id>
npm run dead-letters -- replay <event id> | --all [--topic T] [--group G]

  list     the events that a consumer could not handle, oldest first, a line each
  show     one of them, with its payload and the error of each consumer
  replay   hands them to the consumers of their topic again, under their old ids, and takes them off the list`;

export type Command = { readonly choice: LetterChoice } & { readonly action: 'list' | 'show' | 'replay' };

export function readCommand(args: readonly string[]): Command {
  const { positionals, values } = parse(args);
  const [action, eventId, ...more] = positionals;
  const { topic, group, all = false } = values;
  const refuse = (why: string) => new UsageError(`${why}\n\n${USAGE}`);
  if (action !== 'list' && action !== 'show' && action !== 'replay') throw refuse('Say list, show or replay.');
  if (more.length > 0 || (action === 'list' && eventId !== undefined)) throw refuse('That is one argument too many.');
  if (eventId !== undefined && !isEventId(eventId)) throw refuse(`${eventId} is no event id.`);
  if (action === 'show' && eventId === undefined) throw refuse('Say which event to show.');
  if (action === 'replay' && (eventId === undefined) !== all) throw refuse('Say which event to replay, or --all.');
  return { action, choice: { eventId, topic, group } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { topic: { type: 'string' }, group: { type: 'string' }, all: { type: 'boolean' } },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** Answers the text to show and the exit code. */
export async function runDeadLetters(
  database: Queryable,
  { action, choice }: Command,
): Promise<{ readonly text: string; readonly code: number }> {
  if (action === 'replay') {
    const { letters, events } = await replayDeadLetters(database, choice);
    if (events === 0) return { text: 'There is no such dead letter.', code: 1 };
    return { text: `${events} events are on their way again (${letters} dead letters).`, code: 0 };
  }
  const letters = await listDeadLetters(database, choice);
  if (action === 'list') {
    const lines = letters.map(({ deadAt, eventId, topic, name, group, error }) =>
      [deadAt.toISOString(), eventId, topic, name, group, firstLine(error)].join('  '),
    );
    return { text: lines.join('\n') || 'There are no dead letters.', code: 0 };
  }
  const [letter] = letters;
  if (!letter) return { text: 'There is no such dead letter.', code: 1 };
  const { eventId, topic, name, key, occurredAt, payload } = letter;
  const failures = letters.map(
    ({ group, attempts, deadAt, error }) =>
      `\n${group}, after ${attempts} attempts, ${deadAt.toISOString()}:\n${error}`,
  );
  return {
    text: [
      `event     ${eventId}`,
      `topic     ${topic}`,
      `name      ${name}`,
      `key       ${key}`,
      `occurred  ${occurredAt.toISOString()}`,
      `payload   ${JSON.stringify(payload)}`,
      ...failures,
    ].join('\n'),
    code: 0,
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
