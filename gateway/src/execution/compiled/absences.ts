import type { FetchNode } from '@apollo/query-planner';
import { type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { type Dictionary, isDictionary } from './run.ts';
import { fragmentsOf } from './shape/selected-fields.ts';

/** Whether a fetch asks a thing for what is under these names in it, outermost first. */
export type Asks = (names: readonly string[]) => boolean;

/** The fetch's text is read when that is first asked. */
export function asksOf({ operation, outputRewrites = [] }: FetchNode): Asks {
  let asked: SelectionSetNode[] | undefined;
  let fragments: ReadonlyMap<string, FragmentDefinitionNode> = new Map();
  const renamed = new Map<string, string>();
  for (const rewrite of outputRewrites) {
    const name = rewrite.path.at(-1);
    if (rewrite.kind === 'KeyRenamer' && name !== undefined) renamed.set(name, rewrite.renameKeyTo);
  }

  function read(): SelectionSetNode[] {
    const document = parse(operation, { noLocation: true });
    fragments = fragmentsOf(document);
    return document.definitions.flatMap((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
      const { selectionSet } = definition;
      const [first] = selectionSet.selections;
      const isOfEntities = first?.kind === Kind.FIELD && first.name.value === '_entities';
      return (isOfEntities ? first.selectionSet : selectionSet) ?? [];
    });
  }

  function isIn({ selections }: SelectionSetNode, names: readonly string[]): boolean {
    const [name, ...inside] = names;
    return selections.some((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return isIn(selection.selectionSet, names);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return fragment !== undefined && isIn(fragment.selectionSet, names);
      }
      const given = (selection.alias ?? selection.name).value;
      if (given !== name && renamed.get(given) !== name) return false;
      return inside.length === 0 || (selection.selectionSet !== undefined && isIn(selection.selectionSet, inside));
    });
  }

  return (names) => {
    asked ??= read();
    return asked.some((set) => isIn(set, names));
  };
}

/** Parts of a run's data of which a subgraph said that there is no such thing, or nothing but why. */
export class Absences {
  #asked: Map<Dictionary, Asks[]> | undefined;

  /** The thing is not there for a subgraph that was asked for this of it. */
  note(thing: Dictionary, asks: Asks): void {
    this.#asked ??= new Map();
    const known = this.#asked.get(thing);
    if (known) known.push(asks);
    else this.#asked.set(thing, [asks]);
  }

  /** A fetch could not be told of the thing what it needs: if that is not there, neither is what the fetch would have asked. */
  noteUntold(thing: Dictionary, asks: Asks): void {
    this.#asked?.get(thing)?.push(asks);
  }

  /** Whether something is missing from the data because a thing is not there. */
  explain(data: Dictionary, path: readonly (string | number)[]): boolean {
    if (!this.#asked) return false;
    let value: unknown = data;
    for (const [at, part] of path.entries()) {
      const asked = isDictionary(value) ? this.#asked.get(value) : undefined;
      const names = asked && path.slice(at).filter((each) => typeof each === 'string');
      if (names && asked.some((asks) => asks(names))) return true;
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return false;
      value = (value as Record<string | number, unknown>)[part];
    }
    return false;
  }
}
