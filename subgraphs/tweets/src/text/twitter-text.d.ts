/** The package brings no types of its own; this is the part of it in use. */
declare module 'twitter-text' {
  type Indices = [start: number, end: number];

  interface WeightedText {
    readonly weightedLength: number;
    readonly valid: boolean;
    readonly permillage: number;
    readonly validRangeStart: number;
    readonly validRangeEnd: number;
    readonly displayRangeStart: number;
    readonly displayRangeEnd: number;
  }

  type Entity =
    | { readonly hashtag: string; readonly indices: Indices }
    | { readonly cashtag: string; readonly indices: Indices }
    | { readonly url: string; readonly indices: Indices }
    | { readonly screenName: string; readonly listSlug: string; readonly indices: Indices };

  interface Configuration {
    readonly version: number;
    readonly maxWeightedTweetLength: number;
  }

  const twitterText: {
    readonly configs: {
      readonly version1: Configuration;
      readonly version2: Configuration;
      readonly version3: Configuration;
    };
    parseTweet(text: string, configuration: Configuration): WeightedText;
    extractEntitiesWithIndices(text: string, options?: { extractUrlsWithoutProtocol?: boolean }): Entity[];
    modifyIndicesFromUTF16ToUnicode(text: string, entities: readonly { indices: Indices }[]): void;
    extractMentions(text: string): string[];
    extractMentionsWithIndices(text: string): { screenName: string; indices: Indices }[];
    extractMentionsOrListsWithIndices(text: string): { screenName: string; listSlug: string; indices: Indices }[];
    extractReplies(text: string): string | null;
    extractUrls(text: string): string[];
    extractUrlsWithIndices(text: string): { url: string; indices: Indices }[];
    extractHashtags(text: string): string[];
    extractHashtagsWithIndices(text: string): { hashtag: string; indices: Indices }[];
    extractCashtags(text: string): string[];
    extractCashtagsWithIndices(text: string): { cashtag: string; indices: Indices }[];
    isValidTweetText(text: string, configuration: Configuration): boolean;
    isValidUsername(text: string): boolean;
    isValidList(text: string): boolean;
    isValidHashtag(text: string): boolean;
    isValidUrl(text: string, unicodeDomains?: boolean, requireProtocol?: boolean): boolean;
  };
  export = twitterText;
}
