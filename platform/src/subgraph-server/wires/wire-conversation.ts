import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { after } from '../../batching/after.ts';
import type { Identity } from '../../identity/identity.ts';
import type { IdentityVerifier } from '../../identity/identity-token.ts';
import { FrameReader, type FrameTaker, FrameWriter } from '../../wire/frames.ts';
import { type AskMessage, GATEWAY, MAX_QUESTION_BYTES, SUBGRAPH } from '../../wire/messages.ts';
import { boundedDeadline } from '../deadline.ts';
import { isDictionary } from '../dictionary.ts';
import { endedEarly, type SubgraphRunner } from '../subgraph-runner.ts';
import { KnownIdentities } from './known-identities.ts';
import { KnownOperations } from './known-operations.ts';
import { OpenQuestions } from './open-questions.ts';
import { ToldAnswers } from './told-answers.ts';
import { WireFault } from './wire-fault.ts';

export interface ServedWire {
  readonly closed: Promise<void>;
  /** Nothing further may be asked here. */
  goAway(): void;
}

/**
 * What is being answered, at most. That is more than a gateway waits for: a question that nobody waits for any more is under way
 * until what it has begun ends, and the gateway asks others in its place.
 */
const MAX_QUESTIONS = 4_096;
/** A gateway that lets more than this pile up, unread, is cut off. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;
/** After it was told to ask elsewhere, so long a gateway has to end a wire on which nothing is left to answer. */
const LAST_WORDS_MS = 2_000;
/** A peer that is gone without a word is found out. */
const PROBE_MS = 30_000;

const LONGEST_REQUEST_ID = 128;

type Question = AskMessage & { readonly query: string };

/** Undefined for what is no question. */
function readQuestion(text: string): AskMessage | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isDictionary(given)) return undefined;
  const { operation, operationName = null, variables = null, identity, requestId, deadlineMs } = given;
  if (typeof operation !== 'number' || typeof identity !== 'number') return undefined;
  if (typeof requestId !== 'string' || requestId.length > LONGEST_REQUEST_ID) return undefined;
  if (operationName !== null && typeof operationName !== 'string') return undefined;
  if (variables !== null && !isDictionary(variables)) return undefined;
  return { operation, operationName, variables, identity, requestId, deadlineMs: boundedDeadline(deadlineMs) };
}

/** Answers what is asked on a wire, each question when its answer is there. A fault of one costs the others nothing. */
export function serveWire(
  connection: Duplex,
  runner: SubgraphRunner,
  identities: IdentityVerifier,
  logger: Logger,
): ServedWire {
  const operations = new KnownOperations();
  const known = new KnownIdentities(identities);
  const questions = new OpenQuestions();
  const writer = new FrameWriter(connection);
  const answers = new ToldAnswers(writer);
  let leaving: NodeJS.Timeout | undefined;

  function refuse(number: number, status: number): void {
    writer.send(SUBGRAPH.refusal, number, `${status}`);
  }

  function tell(number: number, answer: FormattedExecutionResult): void {
    try {
      if (answer === endedEarly) refuse(number, 408);
      else answers.tell(number, answer);
    } catch (error) {
      logger.error({ err: error }, 'An answer cannot be written');
      refuse(number, 500);
    }
  }

  function ask(number: number, text: string): void {
    if (questions.size >= MAX_QUESTIONS) {
      refuse(number, 503);
      return;
    }
    const question = readQuestion(text);
    const query = question && operations.textOf(question.operation);
    const identity = question && known.identityOf(question.identity, question.requestId);
    if (query === undefined) refuse(number, 400);
    else if (!identity) refuse(number, 401);
    else run(number, { ...question, query }, identity);
  }

  function run(number: number, { query, variables, operationName, deadlineMs }: Question, identity: Identity): void {
    const open = questions.add(number);
    const timer = setTimeout(() => open.abort(), deadlineMs);
    const done = (answer: FormattedExecutionResult) => {
      clearTimeout(timer);
      questions.remove(open);
      tell(number, answer);
      if (writer.unread > MAX_UNREAD_BYTES) connection.destroy();
      leaving?.refresh();
    };
    void after(runner.execute({ query, variables, operationName }, identity, open), done);
  }

  function know(number: number, text: string): void {
    operations.know(number, text);
    const types = runner.forAll(text);
    if (types) writer.send(SUBGRAPH.forAll, number, JSON.stringify(types));
  }

  const taker: FrameTaker = {
    onFrame(kind, number, text) {
      if (kind === GATEWAY.ask) ask(number, text);
      else if (kind === GATEWAY.operation) know(number, text);
      else if (kind === GATEWAY.leave) questions.leave(number);
      else if (kind === GATEWAY.forgetOperations) operations.forgetAll();
      else if (kind === GATEWAY.identity) known.know(number, text);
      else throw new WireFault(`There is no message of kind ${kind}.`);
    },
    onTooLong(kind, number) {
      if (kind !== GATEWAY.ask) throw new WireFault('A message that is too long.');
      refuse(number, 413);
    },
  };
  const reader = new FrameReader(taker, MAX_QUESTION_BYTES);

  const socket = connection as Socket;
  socket.setNoDelay(true);
  socket.setTimeout(0);
  socket.setKeepAlive(true, PROBE_MS);
  connection.on('data', (chunk: Buffer) => {
    try {
      reader.take(chunk);
    } catch (error) {
      logger.warn({ err: error }, 'A wire is broken off');
      connection.destroy();
    }
  });
  // A gateway ends a wire when it waits for nothing on it any more.
  connection.on('end', () => connection.destroy());
  const closed = new Promise<void>((resolve) => {
    connection.once('close', () => {
      clearTimeout(leaving);
      questions.leaveAll();
      resolve();
    });
  });

  return {
    closed,
    goAway() {
      writer.send(SUBGRAPH.goingAway, 0);
      leaving = setTimeout(() => {
        if (questions.size === 0) connection.destroy();
      }, LAST_WORDS_MS);
    },
  };
}
