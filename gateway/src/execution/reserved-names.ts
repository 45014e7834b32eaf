import { type ConstDirectiveNode, type DocumentNode, type FieldNode, Kind, parse, visit } from 'graphql';
import { INTROSPECTION_FIELDS } from './introspection-fields.ts';

/** A document in which no field answers under a name that the planner needs for itself. */
export interface RenamedDocument {
  readonly document: DocumentNode;
  /** Names in the planned document, and what the client called the same fields. */
  readonly clientNames: ReadonlyMap<string, string>;
}

function noteNames(fieldSet: string, into: Set<string>): void {
  visit(parse(`{ ${fieldSet} }`, { noLocation: true }), { Field: ({ name }) => void into.add(name.value) });
}

function noteFieldSets(directives: readonly ConstDirectiveNode[] | undefined, into: Set<string>): void {
  for (const directive of directives ?? []) {
    if (directive.name.value !== 'join__type' && directive.name.value !== 'join__field') continue;
    for (const { name, value } of directive.arguments ?? []) {
      if ((name.value === 'key' || name.value === 'requires') && value.kind === Kind.STRING)
        noteNames(value.value, into);
    }
  }
}

/** The fields by which subgraphs tell each other what they need: keys, requirements, and the type. */
function neededFields(supergraphSdl: string): Set<string> {
  const names = new Set(['__typename']);
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    noteFieldSets(definition.directives, names);
    for (const field of definition.fields ?? []) noteFieldSets(field.directives, names);
  }
  return names;
}

/** What other names must differ from: every name in the document. */
function namesIn(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  return names;
}

function unused(name: string, names: Set<string>): string {
  let candidate = `${name}_`;
  while (names.has(candidate)) candidate += '_';
  names.add(candidate);
  return candidate;
}

/**
 * The planner fetches keys and required fields under their own names, among what the client asked for. A client's
 * `id: name`, or a required field with arguments of the client's own, would be taken for it: such fields are planned
 * under another name, and get theirs back in the answer.
 */
export function reservedNames(supergraphSdl: string): (document: DocumentNode) => RenamedDocument {
  const needed = neededFields(supergraphSdl);

  const isTaken = ({ alias, name, arguments: given = [] }: FieldNode) =>
    alias && alias.value !== name.value ? needed.has(alias.value) : given.length > 0 && needed.has(name.value);

  return (document) => {
    const clientNames = new Map<string, string>();
    const renames = new Map<string, string>();
    let names: Set<string> | undefined;
    const renamed = visit(document, {
      FragmentDefinition: ({ typeCondition }) => (typeCondition.name.value.startsWith('__') ? false : undefined),
      Field(node) {
        // What is in no plan is answered under the client's names.
        if (INTROSPECTION_FIELDS.has(node.name.value)) return false;
        if (!isTaken(node)) return undefined;
        const given = (node.alias ?? node.name).value;
        let other = renames.get(given);
        if (other === undefined) {
          names ??= namesIn(document);
          other = unused(given, names);
          renames.set(given, other);
          clientNames.set(other, given);
        }
        return { ...node, alias: { kind: Kind.NAME, value: other } };
      },
    });
    return { document: clientNames.size > 0 ? renamed : document, clientNames };
  };
}
