export type UserErrorCode =
  | 'BLANK'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'INVALID'
  | 'TAKEN'
  | 'RESERVED'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'BLOCKED'
  | 'PROTECTED'
  | 'SELF'
  | 'LIMIT_REACHED'
  | 'INVALID_CREDENTIALS'
  | 'EXPIRED'
  | 'DUPLICATE'
  | 'HELD_FOR_REVIEW'
  | 'WEAK_PASSWORD'
  | 'NOT_READY';

/** Something that the person can mend. `field` is the path to the argument at fault. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly message: string;
  readonly field: string[] | null;
}

/** `userError('BLANK', 'Write something.', 'text')` blames `input.text`; without a name no single argument is at fault. */
export function userError(code: UserErrorCode, message: string, inputField?: string): UserError {
  return { code, message, field: inputField === undefined ? null : ['input', inputField] };
}

/** What a command answers: its result, or why nothing has changed. */
export type Outcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly userErrors: readonly UserError[] };

export function done<Result>(value: Result): Outcome<Result> {
  return { ok: true, value };
}

export function refused(...userErrors: UserError[]): { readonly ok: false; readonly userErrors: readonly UserError[] } {
  return { ok: false, userErrors };
}
