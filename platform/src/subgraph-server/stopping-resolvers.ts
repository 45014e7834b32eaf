import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import type { Ending } from '../batching/ending.ts';

/** On a context whose request may end before it is answered. */
const ENDING = Symbol('ending');

interface MayEnd {
  [ENDING]?: Ending;
}

const prepared = new WeakSet<GraphQLSchema>();

/** Makes every resolver of a schema refuse to begin once nobody waits for the answer any more. */
export function stopResolversWhenEnded(schema: GraphQLSchema): void {
  if (prepared.has(schema)) return;
  prepared.add(schema);
  for (const type of Object.values(schema.getTypeMap())) {
    // Those of introspection are every schema's.
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve) continue;
      field.resolve = (source, args, context: MayEnd, info) => {
        context[ENDING]?.throwIfAborted();
        return resolve(source, args, context, info);
      };
    }
  }
}

/** The same context, for a request that ends with this signal. */
export function endingWith(context: object, signal: Ending | undefined): object {
  if (signal) (context as MayEnd)[ENDING] = signal;
  return context;
}
