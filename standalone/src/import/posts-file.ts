import { isCleanText } from '@starling/platform/graphql';
import { parseTweetText, type TweetEntities } from '@starling/tweets';
import { z } from 'zod';
import type { Line } from './read-lines.ts';
import type { Refusal, Tally } from './tally.ts';

/** A post as its file has it. Names of authors are the file's own, as text; `null` is "not said". */
export interface Post {
  readonly line: number;
  readonly sourceId: string;
  readonly author: string | null;
  /** Unix time in milliseconds, as the file says it. */
  readonly ms: number | null;
  readonly text: string;
  readonly entities: TweetEntities;
  readonly lang: string | null;
  /** The author addressed. */
  readonly to: string | null;
}

const LONGEST_NAME = 200;
const name = z
  .union([z.number().transform(String), z.string()])
  .refine((value) => value !== '' && value.length <= LONGEST_NAME && isCleanText(value))
  .nullish();

const shape = z.object({
  id: name,
  author: name,
  at: z.string().nullish(),
  text: z.string(),
  lang: z.string().nullish(),
  to: name,
});

/** Numbers with more digits than a double holds exactly are quoted, so that an id stays the id that it was. */
function quoteLongNumbers(json: string): string {
  return json.replace(/("(?:id|author|to)"\s*:\s*)(-?\d{16,})(?=\s*[,}])/g, '$1"$2"');
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

function readTime(at: string | null | undefined): number | null | undefined {
  if (at == null) return null;
  const ms = TIME.test(at) ? Date.parse(at) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function parse(text: string | undefined): z.infer<typeof shape> | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(quoteLongNumbers(text))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const TEXT_REFUSALS = {
  BLANK: 'BLANK',
  TOO_LONG: 'TOO_LONG',
  INVALID: 'INVALID_TEXT',
} as const satisfies Record<string, Refusal>;

/**
 * Reads a line of NDJSON. Only `text` must be there; a post without an id is known by its line number. Blank lines are passed
 * over; what is refused is counted, and answers nothing either. The same id twice is not seen here.
 */
export function readPost({ number, text: line }: Line, tally: Tally): Post | undefined {
  if (line !== undefined && line.trim() === '') return undefined;
  tally.read += 1;
  const refuse = (reason: Refusal) => {
    tally.refuse(reason, number);
    return undefined;
  };
  const post = parse(line);
  if (!post) return refuse('MALFORMED');
  const ms = readTime(post.at);
  if (ms === undefined) return refuse('BAD_TIME');
  const { error, entities } = parseTweetText(post.text);
  if (error) return refuse(TEXT_REFUSALS[error]);
  return {
    line: number,
    sourceId: post.id ?? `#${number}`,
    author: post.author ?? null,
    ms,
    text: post.text,
    entities,
    lang: post.lang != null && LANGUAGE.test(post.lang) ? post.lang : null,
    to: post.to ?? null,
  };
}
