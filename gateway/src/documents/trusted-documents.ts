import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import { z } from 'zod';
import { readDocument } from './read-documents.ts';

/** Documents that clients were built with, checked before anything is served and kept for good. */
export interface TrustedDocuments {
  /** The text that a manifest knows by this SHA-256, in hexadecimal. */
  textOf(hash: string): string | undefined;
  /** The document of a text as a manifest has it, or, with `inOtherWords`, of one that differs in layout and order only. */
  documentOf(text: string, inOtherWords?: boolean): DocumentNode | undefined;
  /** Each once. */
  readonly documents: readonly DocumentNode[];
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Where the committed operations of clients are. */
export function committedOperations(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@starling/schema/package.json')), 'operations');
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A manifest as Apollo's tools write it, or as the GraphQL Code Generator does: texts by their hashes. */
const manifest = z.union([
  z.object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z
      .array(z.object({ id: hash, body: z.string() }))
      .transform((all) => all.map(({ id, body }) => [id, body])),
  }),
  z.record(z.string(), z.string()).transform((texts) => ({
    operations: Object.entries(texts).map(([id, body]) => [id.replace(/^sha256:/, ''), body]),
  })),
]);

interface TrustedText {
  /** For whoever has to mend it. */
  readonly file: string;
  readonly text: string;
}

/** The fragments that a definition needs, in the order in which they are first used. */
function fragmentsOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const needed = new Set<FragmentDefinitionNode>();
  function collect(definition: DefinitionNode): void {
    visit(definition, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || needed.has(fragment)) return;
        needed.add(fragment);
        collect(fragment);
      },
    });
  }
  collect(operation);
  return [...needed];
}

function documentText(definitions: readonly DefinitionNode[]): string {
  return print({ kind: Kind.DOCUMENT, definitions });
}

function sourceText(definitions: readonly DefinitionNode[]): string {
  return definitions.map(({ loc }) => loc?.source.body.slice(loc.start, loc.end) ?? '').join('\n');
}

const nameOf = (definition: DefinitionNode) => ('name' in definition ? (definition.name?.value ?? '') : '');
const byName = (a: DefinitionNode, b: DefinitionNode) => (nameOf(a) < nameOf(b) ? -1 : 1);

/**
 * An operation as tools write it into manifests: printed with its fragments in the order of their use, or sorted, before
 * it or behind it; as it stands in the file; and each of these without what a parser ignores.
 */
function textsOf(operation: OperationDefinitionNode, used: readonly FragmentDefinitionNode[]): string[] {
  const sorted = [...used].sort(byName);
  const written = [
    documentText([operation, ...used]),
    documentText([operation, ...sorted]),
    documentText([...sorted, operation]),
    sourceText([operation, ...used]),
    sourceText([...used, operation]),
  ];
  return [...written, ...written.map((text) => stripIgnoredCharacters(text))];
}

/** The same for all texts that differ in layout and in the order of their definitions only. */
function canonicalText({ definitions }: DocumentNode): string {
  return definitions
    .map((definition) => print(definition))
    .sort()
    .join('\n');
}

function definitionsOf(folder: string, file: string): readonly DefinitionNode[] {
  try {
    return parse(readFileSync(join(folder, file), 'utf8')).definitions;
  } catch (error) {
    throw new Error(`${join(folder, file)} is no GraphQL: ${(error as Error).message}`);
  }
}

/** The texts of every operation in the folder's `.graphql` files, which share their fragments. */
function textsOfOperations(folder: string, files: readonly string[]): TrustedText[][] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: { readonly file: string; readonly operation: OperationDefinitionNode }[] = [];
  for (const file of files) {
    for (const definition of definitionsOf(folder, file)) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        const { value: name } = definition.name;
        if (fragments.has(name)) throw new Error(`${join(folder, file)}: there is another fragment ${name}.`);
        fragments.set(name, definition);
      } else if (definition.kind === Kind.OPERATION_DEFINITION) {
        if (!definition.name) throw new Error(`${join(folder, file)}: an operation has no name.`);
        operations.push({ file, operation: definition });
      } else {
        throw new Error(`${join(folder, file)} defines more than operations and fragments.`);
      }
    }
  }
  return operations.map(({ file, operation }) =>
    textsOf(operation, fragmentsOf(operation, fragments)).map((text) => ({ file, text })),
  );
}

function textsOfManifest(folder: string, file: string): TrustedText[][] {
  const path = join(folder, file);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is no JSON: ${(error as Error).message}`);
  }
  const given = manifest.safeParse(content);
  if (!given.success) throw new Error(`${path} is no manifest of documents by their SHA-256.`);
  return given.data.operations.map(([id = '', text = '']) => {
    if (hashOf(text) !== id) throw new Error(`${path}: ${id} is not the SHA-256 of its document.`);
    return [{ file, text }];
  });
}

/** What a gateway without operations of its own trusts. */
export const noTrustedDocuments: TrustedDocuments = {
  textOf: () => undefined,
  documentOf: () => undefined,
  documents: [],
};

/**
 * Reads the operations of a folder (`*.graphql`, and manifests of clients, `*.json`). Throws when one of them is not of
 * this schema, or beyond the limits that hold for everybody: the message names the file.
 */
export function loadTrustedDocuments(schema: GraphQLSchema, folder: string): TrustedDocuments {
  const files = readdirSync(folder).sort();
  const operations = [
    ...textsOfOperations(
      folder,
      files.filter((file) => file.endsWith('.graphql')),
    ),
    ...files.filter((file) => file.endsWith('.json')).flatMap((file) => textsOfManifest(folder, file)),
  ];
  const byHash = new Map<string, string>();
  const byText = new Map<string, DocumentNode>();
  const byCanonicalText = new Map<string, DocumentNode>();
  const documents: DocumentNode[] = [];

  for (const texts of operations) {
    const [first] = texts;
    if (!first) continue;
    const read = readDocument(schema, first.text);
    if ('errors' in read) {
      const [error] = read.errors;
      throw new Error(`${join(folder, first.file)} is not of this schema: ${error?.message}`);
    }
    const canonical = canonicalText(read.document);
    const document = byCanonicalText.get(canonical) ?? read.document;
    if (document === read.document) documents.push(document);
    byCanonicalText.set(canonical, document);
    for (const { text } of texts) {
      byText.set(text, document);
      byHash.set(hashOf(text), text);
    }
  }

  return {
    documents,
    textOf: (given) => byHash.get(given),
    documentOf(text, inOtherWords = false) {
      const known = byText.get(text);
      if (known || !inOtherWords) return known;
      const read = readDocument(schema, text);
      return 'errors' in read ? undefined : byCanonicalText.get(canonicalText(read.document));
    },
  };
}
