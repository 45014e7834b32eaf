import {
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const TAG = 'same-for-all';

function isTagged({ directives = [] }: { readonly directives?: readonly DirectiveNode[] }): boolean {
  return directives.some(
    ({ name, arguments: given = [] }) =>
      name.value === 'tag' && given.some(({ value }) => value.kind === Kind.STRING && value.value === TAG),
  );
}

/** The fields that say the same to everybody who may see what they belong to, as `Type.field`: by their own tag, or their type's. */
function taggedFields(supergraphSdl: string): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      if (isTagged(definition) || isTagged(field)) fields.add(`${definition.name.value}.${field.name.value}`);
    }
  }
  return fields;
}

/**
 * Whether all that a document selects is the same for everybody who may see it. A field of which nobody has said so is not,
 * nor is one of an interface.
 */
export function sameForAll(supergraphSdl: string, schema: GraphQLSchema): (document: DocumentNode) => boolean {
  const fields = taggedFields(supergraphSdl);
  return (document) => {
    const typeInfo = new TypeInfo(schema);
    let isSame = true;
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Field({ name }) {
          if (name.value === '__typename') return;
          isSame &&= fields.has(`${typeInfo.getParentType()?.name}.${name.value}`);
        },
      }),
    );
    return isSame;
  };
}
