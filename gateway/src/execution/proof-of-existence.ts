import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Adds to a document what has to be asked so that nothing is answered of which nobody knows whether it exists. */
export interface ProofOfExistence {
  readonly document: DocumentNode;
  /** The response name of what was added, which no client is to see. */
  readonly hidden: string;
}

/** A type that some subgraph refers to without knowing whether there is such a thing, and the field that its owner answers. */
interface Reference {
  readonly type: string;
  readonly graph: string;
  readonly proof: string;
}

const HIDDEN = 'proofOfExistence';

function argument({ arguments: given = [] }: ConstDirectiveNode, name: string): string | boolean | undefined {
  const value = given.find((each) => each.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}

function applications({ directives = [] }: { directives?: readonly ConstDirectiveNode[] }, name: string) {
  return directives.filter((directive) => directive.name.value === name);
}

/** References by a single field that clients do not see: the mark that the subgraph only passes an id on. */
function referencesTo(type: ObjectTypeDefinitionNode): Reference[] {
  const fields = new Map((type.fields ?? []).map((field) => [field.name.value, field]));
  const isHidden = (key: string) => {
    const field = fields.get(key);
    return field !== undefined && applications(field, 'inaccessible').length > 0;
  };
  const entries = applications(type, 'join__type').map((directive) => ({
    graph: String(argument(directive, 'graph')),
    key: String(argument(directive, 'key') ?? ''),
    resolvable: argument(directive, 'resolvable') !== false,
  }));
  const proof = entries.find(({ key, resolvable }) => resolvable && fields.has(key) && !isHidden(key))?.key;
  if (proof === undefined) return [];
  return entries
    .filter(({ key, resolvable }) => !resolvable && isHidden(key))
    .map(({ graph }) => ({ type: type.name.value, graph, proof }));
}

function graphsOf(type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): unknown[] {
  const own = applications(field, 'join__field');
  return (own.length > 0 ? own : applications(type, 'join__type')).map((directive) => argument(directive, 'graph'));
}

/** For each field that may answer a mere reference (`Query.nodes`), what proves that the thing is there. */
function referringFields(supergraphSdl: string, schema: GraphQLSchema): Map<string, Reference[]> {
  const types = parse(supergraphSdl, { noLocation: true }).definitions.filter(
    (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  const references = types.flatMap(referencesTo);
  const referring = new Map<string, Reference[]>();
  for (const type of types) {
    const known = schema.getType(type.name.value);
    if (!isObjectType(known)) continue;
    for (const field of type.fields ?? []) {
      const answer = getNamedType(known.getFields()[field.name.value]?.type);
      if (!isCompositeType(answer)) continue;
      const possible = new Set(
        isObjectType(answer) ? [answer.name] : schema.getPossibleTypes(answer).map(({ name }) => name),
      );
      const graphs = graphsOf(type, field);
      const found = references.filter((each) => possible.has(each.type) && graphs.includes(each.graph));
      if (found.length > 0) referring.set(`${type.name.value}.${field.name.value}`, found);
    }
  }
  return referring;
}

function asksFor(selections: readonly SelectionNode[], name: string): boolean {
  return selections.some(
    (selection) =>
      selection.kind === Kind.FIELD &&
      selection.name.value === name &&
      !selection.alias &&
      !selection.directives?.length,
  );
}

function ask({ type, proof }: Reference, hidden: string): SelectionNode {
  const field = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: hidden },
    name: { kind: Kind.NAME, value: proof },
  } as const;
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}

/** A name that nothing in the document has. */
function unusedName(document: DocumentNode): string {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  let name = HIDDEN;
  while (names.has(name)) name += '_';
  return name;
}

/**
 * A reference is no proof: where a subgraph answers one from an id that a client gave, and nothing is asked but its type,
 * the owner would never be asked whether there is such a thing. So its key is asked for as well.
 */
export function proofsOfExistence(
  supergraphSdl: string,
  schema: GraphQLSchema,
): (document: DocumentNode) => ProofOfExistence {
  const referring = referringFields(supergraphSdl, schema);
  return (document) => {
    const hidden = unusedName(document);
    if (referring.size === 0) return { document, hidden };
    const typeInfo = new TypeInfo(schema);
    const proven = visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Field(node) {
          const parent = typeInfo.getParentType();
          const references = parent && referring.get(`${parent.name}.${node.name.value}`);
          if (!references || !node.selectionSet) return undefined;
          const { selections } = node.selectionSet;
          const missing = references.filter(({ proof }) => !asksFor(selections, proof));
          if (missing.length === 0) return undefined;
          const asked = [...selections, ...missing.map((reference) => ask(reference, hidden))];
          return { ...node, selectionSet: { ...node.selectionSet, selections: asked } };
        },
      }),
    );
    return { document: proven, hidden };
  };
}
