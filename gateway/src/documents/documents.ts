import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type ReadDocument, type ReadText, readDocument, readDocuments } from './read-documents.ts';
import { hashOf, noTrustedDocuments, type TrustedDocuments } from './trusted-documents.ts';

export { hashOf } from './trusted-documents.ts';

export interface DocumentsOptions {
  readonly schema: GraphQLSchema;
  readonly trusted?: TrustedDocuments;
  /** Whether nothing but trusted documents is served. */
  readonly onlyTrusted?: boolean;
}

/** The documents that clients send, or name by their hashes. */
export interface Documents {
  readonly onlyTrusted: boolean;
  /** The document of a text, or why it is refused. The work is done once for a text. */
  readonly read: ReadText;
  /** The text that is known by this SHA-256: of a trusted document, or of one that a client has registered. */
  textOf(hash: string): string | undefined;
  /** Why a hash of which nothing is known cannot be made known; undefined when it can. */
  readonly refusalOfHash: GraphQLError | undefined;
  /** Makes a text known by its hash, until others push it out. */
  register(hash: string, text: string): void;
  /** Makes Apollo Server, which asks by hash, use the document of this text instead of reading it anew. */
  handOver(text: string): void;
  handedOver(hash: string): DocumentNode | undefined;
  /** How many texts are kept that clients sent, by what for. */
  sizes(): { readonly read: number; readonly registered: number };
}

const KEPT_TEXTS = 1_000;
const KEPT_CHARACTERS = 2_000_000;

const HELP = 'This gateway serves only the documents that its clients were built with (TRUSTED_DOCUMENTS=only)';

function notTrusted(): GraphQLError {
  return new GraphQLError(`${HELP}: add this one to schema/operations, or send one of those.`, {
    extensions: { code: 'QUERY_NOT_IN_SAFELIST' },
  });
}

function hashNotTrusted(): GraphQLError {
  return new GraphQLError(`${HELP}, and none of them has this hash. New ones cannot be registered by clients.`, {
    extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' },
  });
}

function keptTexts(): LRUCache<string, string> {
  return new LRUCache({ max: KEPT_TEXTS, maxSize: KEPT_CHARACTERS, sizeCalculation: (text) => text.length + 1 });
}

export function createDocuments(options: DocumentsOptions): Documents {
  const { schema, trusted = noTrustedDocuments, onlyTrusted = false } = options;
  const registered = keptTexts();
  const byHash = keptTexts();

  function readNew(text: string): ReadDocument {
    if (!onlyTrusted) return readDocument(schema, text);
    const document = trusted.documentOf(text, true);
    return document ? { document } : { errors: [notTrusted()] };
  }
  const others = readDocuments(readNew);

  const read: ReadText = (text) => {
    const document = trusted.documentOf(text);
    return document ? { document } : others.read(text);
  };

  return {
    onlyTrusted,
    read,
    textOf: (hash) => trusted.textOf(hash) ?? registered.get(hash),
    refusalOfHash: onlyTrusted ? hashNotTrusted() : undefined,
    register(hash, text) {
      if (!onlyTrusted) registered.set(hash, text);
    },
    handOver: (text) => void byHash.set(hashOf(text), text),
    handedOver(hash) {
      const text = byHash.get(hash);
      const made = text === undefined ? undefined : read(text);
      return made && 'document' in made ? made.document : undefined;
    },
    sizes: () => ({ read: others.size(), registered: registered.size }),
  };
}
