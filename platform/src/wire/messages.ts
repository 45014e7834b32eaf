/** What a gateway asks for in the `Upgrade` header of a GET of `/graphql`, to speak in frames from there on. */
export const WIRE_PROTOCOL = 'starling-wire/2';

/** What a gateway says. */
export const GATEWAY = {
  /** The text of an operation, which the frame's number stands for from now on, on this wire. */
  operation: 1,
  /** Runs an operation; the text is an `AskMessage`. The number is the question's: answers bring it back. */
  ask: 2,
  /** Nobody waits for this question's answer any more. */
  leave: 3,
  /** All operations are told anew: there are too many to keep. */
  forgetOperations: 4,
  /** An identity's token, which the frame's number stands for from now on, on this wire, until the token is too old. */
  identity: 5,
} as const;

/** What a subgraph says. */
export const SUBGRAPH = {
  /** The answer as it would be over HTTP. */
  answer: 1,
  /** There is none; the text is the status that it would have over HTTP. */
  refusal: 2,
  /** Nothing further may be asked on this wire. What was asked is answered. */
  goingAway: 3,
  /** An object that everybody gets, which the frame's number stands for from now on, on this wire. */
  shared: 4,
  /**
   * An answer without errors about entities, as JSON: of each entity either itself; or the number of what everybody gets of
   * it, if that is all; or a list of that number and an object with the other fields.
   */
  entities: 5,
  /**
   * The operation for which the frame's number stands asks nothing that depends on who asks, of entities of the types whose names
   * the text lists as JSON: it may be asked for nobody in particular, and so for several at once.
   */
  forAll: 6,
} as const;

/** What one question says. Whoever reads it believes nothing of its form. */
export interface AskMessage {
  /** The number of an operation that was told before. */
  readonly operation: number;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** The number of an identity that was told before. */
  readonly identity: number;
  /** For logs. */
  readonly requestId: string;
  /** How many milliseconds whoever asks will wait. */
  readonly deadlineMs: number;
}

/** Operations that are known by number on one wire, at most, and the characters of their texts together. */
export const KNOWN_OPERATIONS = 1_000;
export const KNOWN_CHARACTERS = 4_000_000;

/** Identities that are known by number on one wire. */
export const KNOWN_IDENTITIES = 4_096;

/** Objects that everybody gets, known by number on one wire, and the characters of the longest. */
export const KNOWN_SHARED = 4_096;
export const LONGEST_SHARED = 4_096;

/** Of the text of one question or operation. */
export const MAX_QUESTION_BYTES = 4 * 1024 * 1024;
