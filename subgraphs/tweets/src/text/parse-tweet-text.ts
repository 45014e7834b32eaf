/// <reference path="./twitter-text.d.ts" />
import { isCleanText } from '@starling/platform/graphql';
import twitterText from 'twitter-text';
import { NO_ENTITIES, type TweetEntities } from './entities.ts';

export const DEFAULT_MAX_WEIGHTED_LENGTH = 280;

/**
 * A link counts as 23 characters however long it is, and an emoji as 2 however many code points it is made of, so that the
 * weighted length alone does not bound a text. This does, in UTF-16 units, before anything looks at it whose cost grows faster
 * than the text: room for the longest link that twitter-text knows (4,096) and for 280 characters besides.
 */
export const MAX_TEXT_UNITS = 4_500;

/** Longer addresses are text and no links: what a `URL` of the graph may hold. */
const MAX_URL_LENGTH = 2_048;

const NOTHING_TO_SEE = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;
const NONCHARACTERS = /[\ufeff\ufffe\uffff]/;

export interface ParsedTweetText {
  /** As it was written. */
  readonly text: string;
  /** By twitter-text's third configuration, of the text in normal form C; 0 for a text that is refused unread. */
  readonly weightedLength: number;
  /** Without accounts: who finds them fills `userId`. */
  readonly entities: TweetEntities;
  /** Why this is no text of a tweet; absent when it is one. */
  readonly error?: 'BLANK' | 'TOO_LONG' | 'INVALID';
}

export interface TweetTextOptions {
  /** Weighted characters at most; 280 when not given. */
  readonly maxWeightedLength?: number | undefined;
}

function absoluteUrl(written: string): string | undefined {
  const url = /^https?:\/\//i.test(written) ? written : `https://${written}`;
  return url.length <= MAX_URL_LENGTH && URL.canParse(url) ? url : undefined;
}

function entitiesIn(text: string): TweetEntities {
  const found = twitterText.extractEntitiesWithIndices(text, { extractUrlsWithoutProtocol: true });
  twitterText.modifyIndicesFromUTF16ToUnicode(text, found);
  const entities: TweetEntities = { hashtags: [], cashtags: [], mentions: [], urls: [] };
  for (const entity of found) {
    const [start, end] = entity.indices;
    if ('hashtag' in entity) entities.hashtags.push({ tag: entity.hashtag, start, end });
    else if ('cashtag' in entity) entities.cashtags.push({ symbol: entity.cashtag, start, end });
    else if ('screenName' in entity) {
      // Of `@name/list` the name is the mention. The sign is one code point, and a name is ASCII.
      const username = entity.screenName;
      entities.mentions.push({ username, userId: null, start, end: start + 1 + username.length });
    } else {
      const url = absoluteUrl(entity.url);
      if (url !== undefined) entities.urls.push({ url, start, end });
    }
  }
  return entities;
}

/** Reads a tweet's text once, as it is written: what it weighs, what it links, and whether it may stand. */
export function parseTweetText(
  text: string,
  { maxWeightedLength = DEFAULT_MAX_WEIGHTED_LENGTH }: TweetTextOptions = {},
): ParsedTweetText {
  const refuse = (error: NonNullable<ParsedTweetText['error']>, weightedLength = 0) => ({
    text,
    weightedLength,
    entities: NO_ENTITIES,
    error,
  });
  if (text.length > MAX_TEXT_UNITS) return refuse('TOO_LONG');
  if (!isCleanText(text) || NONCHARACTERS.test(text)) return refuse('INVALID');
  if (NOTHING_TO_SEE.test(text)) return refuse('BLANK');
  const { weightedLength } = twitterText.parseTweet(text, twitterText.configs.version3);
  if (weightedLength > maxWeightedLength) return refuse('TOO_LONG', weightedLength);
  return { text, weightedLength, entities: entitiesIn(text) };
}
