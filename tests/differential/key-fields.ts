import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionNode,
} from 'graphql';

/** `Type.field`: which fields of all subgraphs name a thing, and which are made of others. */
export interface KeyFields {
  /** Leaves of keys: they tell which thing it is. */
  readonly names: ReadonlySet<string>;
  /** Objects within keys: they are of the same thing. */
  readonly objects: ReadonlySet<string>;
  /** What a field is made of, as text of a selection set. */
  readonly requires: ReadonlyMap<string, readonly SelectionNode[]>;
}

function selectionsOf(text: string): readonly SelectionNode[] {
  const [definition] = parse(`{ ${text} }`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no selection set: ${text}`);
  return definition.selectionSet.selections;
}

function fieldSets(node: { directives?: ObjectTypeDefinitionNode['directives'] }, name: string): string[] {
  return (node.directives ?? []).flatMap((directive) => {
    const value = directive.arguments?.find(({ name: argument }) => argument.value === 'fields')?.value;
    return directive.name.value === name && value?.kind === Kind.STRING ? [value.value] : [];
  });
}

function typeNameOf(field: { readonly type: unknown }): string {
  let type = field.type as { kind: string; type?: unknown; name?: { value: string } };
  while (type.type) type = type.type as typeof type;
  return type.name?.value ?? '';
}

/** Reads the keys and requirements of all subgraphs' schemas. */
export function keyFields(documents: readonly DocumentNode[]): KeyFields {
  const names = new Set<string>();
  const objects = new Set<string>();
  const requires = new Map<string, readonly SelectionNode[]>();
  const fieldTypes = new Map<string, string>();
  const types = documents.flatMap(({ definitions }) =>
    definitions.filter(
      (definition) =>
        definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
        definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
        definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
    ),
  );
  for (const { name, fields = [] } of types) {
    for (const field of fields) {
      fieldTypes.set(`${name.value}.${field.name.value}`, typeNameOf(field));
      for (const set of fieldSets(field, 'requires'))
        requires.set(`${name.value}.${field.name.value}`, selectionsOf(set));
    }
  }
  const note = (type: string, selections: readonly SelectionNode[]): void => {
    for (const selection of selections as readonly FieldNode[]) {
      const coordinate = `${type}.${selection.name.value}`;
      if (!selection.selectionSet) {
        names.add(coordinate);
        continue;
      }
      objects.add(coordinate);
      note(fieldTypes.get(coordinate) ?? '', selection.selectionSet.selections);
    }
  };
  for (const type of types) for (const set of fieldSets(type, 'key')) note(type.name.value, selectionsOf(set));
  return { names, objects, requires };
}
