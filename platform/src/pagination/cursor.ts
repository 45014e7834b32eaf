import { hash } from 'node:crypto';
import { badUserInput } from '../graphql/errors.ts';
import { isSnowflake } from '../snowflake/id.ts';

/**
 * A cursor is opaque: base64url of the position's parts behind a short digest that binds it to its list and to its own
 * content, so that a cursor of another list, or a mistyped one, is told from a good one. It holds no secret and needs none:
 * a position that nobody was given shows nothing that its list would not.
 */
function seal(list: string, position: string): string {
  return hash('sha256', `${list}\n${position}`, 'base64url').slice(0, 6);
}

export function encodeCursor(list: string, ...position: readonly string[]): string {
  const text = position.join(',');
  return Buffer.from(`${seal(list, text)},${text}`).toString('base64url');
}

/** The position of a cursor of this list, each part an id unless `isPosition` says what else it may be. */
export function decodeCursor(
  list: string,
  argument: string,
  cursor: string,
  isPosition: (position: string[]) => boolean = (parts) => parts.length === 1 && isSnowflake(parts[0] ?? ''),
): string[] {
  const text = /^[A-Za-z0-9_-]{1,512}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString() : '';
  const comma = text.indexOf(',');
  const position = text.slice(comma + 1);
  if (comma > 0 && text.slice(0, comma) === seal(list, position)) {
    const parts = position.split(',');
    if (isPosition(parts)) return parts;
  }
  throw badUserInput(argument, 'This is no cursor of this list.');
}
