import { LRUCache } from 'lru-cache';

export const JSON_TYPE = 'application/json';
export const RESPONSE_TYPE = 'application/graphql-response+json';
const TYPES = [JSON_TYPE, RESPONSE_TYPE] as const;

/** How an answer is written, by what its client accepts. */
export interface AnswerForm {
  readonly mediaType: (typeof TYPES)[number];
  /**
   * Whether the client asked for `application/json` by name. Such clients are told in the body alone that a well-formed
   * request was refused, with status 200; all others by the status, too.
   */
  readonly namesJson: boolean;
}

interface Range {
  readonly type: string;
  readonly quality: number;
  readonly at: number;
}

const RANGE =
  /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+|[\w!#$&^.+-]+\/\*|\*\/\*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

function rangesOf(accept: string): Range[] | undefined {
  const ranges: Range[] = [];
  for (const [at, text] of accept.split(',').entries()) {
    const [, type, quality = '1'] = RANGE.exec(text) ?? [];
    if (type === undefined) return undefined;
    ranges.push({ type: type.toLowerCase(), quality: Number(quality), at });
  }
  return ranges;
}

const SPECIFICITY = (range: string, type: string) => [type, 'application/*', '*/*'].indexOf(range);

function preferred(ranges: readonly Range[]): AnswerForm | undefined {
  const acceptable = TYPES.flatMap((mediaType) => {
    const matching = ranges
      .map((range) => ({ ...range, mediaType, rank: SPECIFICITY(range.type, mediaType) }))
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank || b.quality - a.quality || a.at - b.at);
    const [best] = matching;
    return best && best.quality > 0 ? [best] : [];
  });
  const [first] = acceptable.sort((a, b) => b.quality - a.quality || a.rank - b.rank || a.at - b.at);
  if (!first) return undefined;
  const { mediaType } = first;
  return { mediaType, namesJson: mediaType === JSON_TYPE && ranges.some(({ type }) => type === JSON_TYPE) };
}

const ANY: AnswerForm = { mediaType: JSON_TYPE, namesJson: false };

/** Clients send few different ones. */
const known = new LRUCache<string, { readonly form: AnswerForm | undefined }>({ max: 100 });

/** The form that is accepted and preferred, as Apollo Server would choose; undefined when none is, or it is not certain. */
export function answerForm(accept: string | undefined): AnswerForm | undefined {
  if (!accept) return ANY;
  let found = known.get(accept);
  if (!found) {
    const ranges = accept.length <= 500 ? rangesOf(accept) : undefined;
    found = { form: ranges && preferred(ranges) };
    known.set(accept, found);
  }
  return found.form;
}
