import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';

/** Bounds on a document, each far above what clients of ours send. */
export const DOCUMENT_LIMITS = {
  /** Tokens of the text, counted while it is read. */
  tokens: 4_000,
  /** Fields within fields. Introspection, which is bounded by its tokens, does not count. */
  depth: 15,
  aliases: 50,
  directives: 50,
  rootFields: 30,
  /** Fields once every fragment stands in the place where it is used. Introspection does not count. */
  fields: 2_000,
} as const;

function tooMuch(what: string, limit: number): GraphQLError {
  return new GraphQLError(`The document has too many ${what}: at most ${limit} are allowed.`);
}

/** How deep and how wide a selection is, all in all. */
interface Extent {
  readonly depth: number;
  readonly fields: number;
}

const NOTHING: Extent = { depth: 0, fields: 0 };

/** Refuses documents that are deeper or wider than any honest one. */
export const documentLimits: ValidationRule = (context) => {
  let aliases = 0;
  let directives = 0;
  const extents = new Map<FragmentDefinitionNode, Extent>();

  /** What a selection comes to; a fragment in a cycle, which another rule refuses, adds nothing. */
  function extentOf({ selections }: SelectionSetNode): Extent {
    let depth = 0;
    let fields = 0;
    for (const selection of selections) {
      let inner = NOTHING;
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__')) continue;
        const below = selection.selectionSet ? extentOf(selection.selectionSet) : NOTHING;
        inner = { depth: below.depth + 1, fields: below.fields + 1 };
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        inner = extentOf(selection.selectionSet);
      } else {
        const fragment = context.getFragment(selection.name.value);
        if (fragment) inner = extentOfFragment(fragment);
      }
      depth = Math.max(depth, inner.depth);
      fields += inner.fields;
    }
    return { depth, fields };
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
      if (node.alias) aliases++;
    },
    Directive() {
      directives++;
    },
    OperationDefinition(node) {
      const { depth, fields } = extentOf(node.selectionSet);
      if (depth > DOCUMENT_LIMITS.depth) context.reportError(tooMuch('levels', DOCUMENT_LIMITS.depth));
      if (fields > DOCUMENT_LIMITS.fields) context.reportError(tooMuch('fields', DOCUMENT_LIMITS.fields));
      if (node.selectionSet.selections.length > DOCUMENT_LIMITS.rootFields) {
        context.reportError(tooMuch('root fields', DOCUMENT_LIMITS.rootFields));
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
  function check({ selections }: SelectionSetNode, seen: ReadonlySet<string>): void {
    for (const selection of selections) {
      const condition = selection.directives?.find(({ name }) => name.value === 'include' || name.value === 'skip');
      if (condition) {
        const message = `@${condition.name.value} is not allowed at the root of a subscription.`;
        context.reportError(new GraphQLError(message, { nodes: condition }));
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) check(selection.selectionSet, seen);
      if (selection.kind === Kind.FRAGMENT_SPREAD && !seen.has(selection.name.value)) {
        const fragment = context.getFragment(selection.name.value);
        if (fragment) check(fragment.selectionSet, new Set([...seen, selection.name.value]));
      }
    }
  }
  return {
    OperationDefinition({ operation, selectionSet }) {
      if (operation === OperationTypeNode.SUBSCRIPTION) check(selectionSet, new Set());
    },
  };
};
