import type { Socket } from 'node:net';
import type { Ending } from '@starling/platform/batching';
import { type Identity, type IdentitySigner, signedOut } from '@starling/platform/identity';
import type { SubgraphRequest } from '@starling/platform/subgraph-server';
import { type AskMessage, FrameReader, type FrameTaker, FrameWriter, GATEWAY, SUBGRAPH } from '@starling/platform/wire';
import type { Asker, WireAnswer } from './asker.ts';
import { Gathered } from './gathered.ts';
import { JointQuestion } from './joint-question.ts';
import { KnownShared } from './known-shared.ts';
import { Question } from './question.ts';
import { questionForAll } from './question-for-all.ts';
import { ToldIdentities } from './told-identities.ts';
import { ToldOperations } from './told-operations.ts';
import { MOST_WAITING, WaitingQuestions } from './waiting-questions.ts';

export interface WireOptions {
  /** The subgraph's name. */
  readonly name: string;
  readonly signer: IdentitySigner;
  /** A longer answer is a fault. */
  readonly maxAnswerBytes: number;
  /** The longest that one answer may take. */
  readonly deadlineMs: number;
  /** Told of every question that is asked for several at once. */
  readonly onJointQuestion?: (() => void) | undefined;
}

/** A subgraph that lets more than this pile up, unread, is asked elsewhere. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
/** A peer that is gone without a word is found out. */
const PROBE_MS = 30_000;

/**
 * One connection to a subgraph, on which any number of questions wait for their answers at once. What becomes of one of them,
 * that it is late, or that nobody waits for it any more, is nothing to the others.
 */
export class Wire {
  readonly #socket: Socket;
  readonly #options: WireOptions;
  readonly #reader: FrameReader;
  readonly #writer: FrameWriter;
  readonly #operations: ToldOperations;
  readonly #identities: ToldIdentities;
  readonly #shared = new KnownShared();
  readonly #waiting = new WaitingQuestions<Question>();
  readonly #gathered = new Gathered();
  /** When the newest whole message came. */
  #heardAt = performance.now();
  #open = true;

  constructor(socket: Socket, head: Buffer, options: WireOptions, onClosed: (wire: Wire) => void) {
    this.#socket = socket;
    this.#options = options;
    const taker: FrameTaker = {
      onFrame: (kind, number, text) => this.#take(kind, number, text),
      onTooLong: (_kind, number) =>
        this.#settle(number, () => {
          throw new Error(`The answer is longer than ${options.maxAnswerBytes} bytes.`);
        }),
    };
    this.#reader = new FrameReader(taker, options.maxAnswerBytes);
    this.#writer = new FrameWriter(socket);
    this.#operations = new ToldOperations(this.#writer);
    this.#identities = new ToldIdentities(this.#writer, options.signer, options.name);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, PROBE_MS);
    socket.on('data', (chunk: Buffer) => {
      try {
        this.#reader.take(chunk);
      } catch (error) {
        // What is no part of an answer, and cannot be read: nothing after it can be believed.
        socket.destroy(error as Error);
      }
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#open = false;
      for (const question of this.#waiting.all()) question.fail(new Error('The connection was closed.'));
      onClosed(this);
    });
    if (head.length > 0) socket.unshift(head);
  }

  /** How many questions wait for their answers, or to be asked. */
  get waiting(): number {
    return this.#waiting.size + this.#gathered.size;
  }

  /** Whether nothing will be asked here any more. */
  get isOver(): boolean {
    return !this.#open;
  }

  /** Whether something may be asked here. */
  get isOpen(): boolean {
    return this.#open && this.waiting < MOST_WAITING && this.#writer.unread < MAX_UNREAD_BYTES;
  }

  /**
   * Rejects when there is no answer, and as soon as nobody waits for it. What may be asked for nobody in particular is asked together
   * with what others ask of it in this turn of the event loop.
   */
  ask(request: SubgraphRequest, identity: Identity, leftMs: number, patience?: Ending): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const question = questionForAll(request, this.#operations);
      if (question === undefined) {
        this.#ask({ request, identity, leftMs, patience, resolve, reject });
        return;
      }
      // Also who turns out to be alone: what it is told is the same in any company.
      const as = signedOut(identity.requestId);
      if (this.#gathered.size === 0) this.#writer.lastly(this.#askTogether);
      this.#gathered.add(question, { request, identity: as, leftMs, patience, resolve, reject });
    });
  }

  readonly #askTogether = (): void => {
    for (const asker of this.#gathered.take()) {
      if (!this.#socket.writable) {
        asker.reject(new Error('The connection was closed.'));
        continue;
      }
      if (asker instanceof JointQuestion && asker.askers > 1) this.#options.onJointQuestion?.();
      this.#ask(asker);
    }
    this.#endWhenDone();
  };

  #ask(asker: Asker): void {
    try {
      const { request, identity: as, leftMs } = asker;
      const { query, variables, operationName } = request;
      const operation = this.#operations.numberOf(query);
      const identity = this.#identities.numberOf(as);
      const { requestId } = as;
      const message: AskMessage = { operation, operationName, variables, identity, requestId, deadlineMs: leftMs };
      const text = JSON.stringify(message);
      const { deadlineMs } = this.#options;
      const onGivenUp = this.#giveUp;
      const { number } = this.#waiting.add((number) => new Question({ number, deadlineMs, asker, onGivenUp }));
      this.#writer.send(GATEWAY.ask, number, text);
    } catch (error) {
      asker.reject(error as Error);
    }
  }

  /** Whatever waits is given up. */
  destroy(): void {
    this.#open = false;
    this.#socket.destroy();
  }

  readonly #giveUp = (question: Question, late: boolean): void => {
    this.#writer.send(GATEWAY.leave, question.number);
    this.#over(question);
    // Not a word of any question since: nobody is there, though nothing has said so.
    if (late && this.#heardAt < question.askedAt) this.destroy();
  };

  #take(kind: number, number: number, text: string): void {
    this.#heardAt = performance.now();
    if (kind === SUBGRAPH.shared) this.#shared.know(number, text);
    else if (kind === SUBGRAPH.forAll) this.#operations.learn(number, text);
    else if (kind === SUBGRAPH.goingAway) {
      this.#open = false;
      this.#endWhenDone();
    } else this.#settle(number, () => this.#answerOf(kind, text));
  }

  /** Unless nobody waits for it any more. */
  #settle(number: number, answerOf: () => WireAnswer): void {
    const question = this.#waiting.get(number);
    if (!question) return;
    this.#over(question);
    try {
      question.answer(answerOf());
    } catch (error) {
      question.fail(error as Error);
    }
  }

  #over(question: Question): void {
    this.#waiting.remove(question);
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (!this.#open && this.waiting === 0) this.#socket.end();
  }

  #answerOf(kind: number, text: string): WireAnswer {
    switch (kind) {
      case SUBGRAPH.answer:
        return { status: 200, body: JSON.parse(text) };
      case SUBGRAPH.entities:
        return { status: 200, body: { data: { _entities: this.#shared.entitiesOf(text) } } };
      case SUBGRAPH.refusal:
        return { status: Number(text), body: undefined };
      default:
        throw new Error(`There is no message of kind ${kind}.`);
    }
  }
}
