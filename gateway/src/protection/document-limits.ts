import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';
import { INTROSPECTION_FIELDS } from '../execution/introspection-fields.ts';

/** Bounds on a document, each far above what clients of ours send. */
export const DOCUMENT_LIMITS = {
  /** Tokens of the text, counted while it is read. */
  tokens: 4_000,
  /** Fields within fields. Introspection, of which graphql-js bounds how lists lie in lists, does not count. */
  depth: 15,
  aliases: 50,
  directives: 50,
  /** As `fields`. */
  rootFields: 30,
  /** Fields once every fragment stands in the place where it is used. Introspection does not count. */
  fields: 2_000,
} as const;

function tooMuch(what: string, limit: number): GraphQLError {
  return new GraphQLError(`The document has too many ${what}: at most ${limit} are allowed.`);
}

/** The same list asked for under several names, in lists that are, is a list of millions. No tool needs that. */
function aliasInIntrospection(node: FieldNode): GraphQLError {
  return new GraphQLError('Aliases are not allowed within introspection.', { nodes: node });
}

/** How deep and how wide a selection is, all in all, and how many fields stand side by side at its top. */
interface Extent {
  readonly depth: number;
  readonly fields: number;
  readonly top: number;
}

const NOTHING: Extent = { depth: 0, fields: 0, top: 0 };

/** A field with what is below it. A `__typename` is no level, but a field like others. */
function extentOfField(name: string, below: Extent): Extent {
  if (INTROSPECTION_FIELDS.has(name)) return { ...NOTHING, top: 1 };
  return { depth: name === '__typename' ? 0 : below.depth + 1, fields: below.fields + 1, top: 1 };
}

/** Refuses documents that are deeper or wider than any honest one. */
export const documentLimits: ValidationRule = (context) => {
  let aliases = 0;
  let directives = 0;
  let introspectsByAlias = false;
  const extents = new Map<FragmentDefinitionNode, Extent>();

  /** What a selection comes to; a fragment in a cycle, which another rule refuses, adds nothing. */
  function extentOf({ selections }: SelectionSetNode): Extent {
    let depth = 0;
    let fields = 0;
    let top = 0;
    for (const selection of selections) {
      let inner = NOTHING;
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet ? extentOf(selection.selectionSet) : NOTHING;
        inner = extentOfField(selection.name.value, below);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        inner = extentOf(selection.selectionSet);
      } else {
        const fragment = context.getFragment(selection.name.value);
        if (fragment) inner = extentOfFragment(fragment);
      }
      depth = Math.max(depth, inner.depth);
      fields += inner.fields;
      top += inner.top;
    }
    return { depth, fields, top };
  }

  function extentOfFragment(fragment: FragmentDefinitionNode): Extent {
    const known = extents.get(fragment);
    if (known !== undefined) return known;
    extents.set(fragment, NOTHING);
    const extent = extentOf(fragment.selectionSet);
    extents.set(fragment, extent);
    return extent;
  }

  return {
    Field(node) {
      if (!node.alias) return;
      aliases++;
      const isWithin = context.getParentType()?.name.startsWith('__') || node.name.value === '__schema';
      if (isWithin && !introspectsByAlias) context.reportError(aliasInIntrospection(node));
      introspectsByAlias ||= isWithin;
    },
    Directive() {
      directives++;
    },
    OperationDefinition(node) {
      const { depth, fields, top } = extentOf(node.selectionSet);
      if (depth > DOCUMENT_LIMITS.depth) context.reportError(tooMuch('levels', DOCUMENT_LIMITS.depth));
      if (fields > DOCUMENT_LIMITS.fields) context.reportError(tooMuch('fields', DOCUMENT_LIMITS.fields));
      if (top > DOCUMENT_LIMITS.rootFields) context.reportError(tooMuch('root fields', DOCUMENT_LIMITS.rootFields));
    },
    // Also one that is used nowhere: rules work on it all the same.
    FragmentDefinition(node) {
      if (extentOfFragment(node).fields > DOCUMENT_LIMITS.fields) {
        context.reportError(tooMuch('fields', DOCUMENT_LIMITS.fields));
      }
    },
    Document: {
      leave() {
        if (aliases > DOCUMENT_LIMITS.aliases) context.reportError(tooMuch('aliases', DOCUMENT_LIMITS.aliases));
        if (directives > DOCUMENT_LIMITS.directives) {
          context.reportError(tooMuch('directives', DOCUMENT_LIMITS.directives));
        }
      },
    },
  };
};

/** A subscription's root field is there or not, from the beginning: the planner cannot decide it event by event. */
export const noConditionAtSubscriptionRoot: ValidationRule = (context) => {
  function check({ selections }: SelectionSetNode, seen: Set<string>): void {
    for (const selection of selections) {
      const condition = selection.directives?.find(({ name }) => name.value === 'include' || name.value === 'skip');
      if (condition) {
        const message = `@${condition.name.value} is not allowed at the root of a subscription.`;
        context.reportError(new GraphQLError(message, { nodes: condition }));
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) check(selection.selectionSet, seen);
      if (selection.kind === Kind.FRAGMENT_SPREAD && !seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = context.getFragment(selection.name.value);
        if (fragment) check(fragment.selectionSet, seen);
      }
    }
  }
  return {
    OperationDefinition({ operation, selectionSet }) {
      if (operation === OperationTypeNode.SUBSCRIPTION) check(selectionSet, new Set());
    },
  };
};
