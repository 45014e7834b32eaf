import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { mergeInto } from './merge.ts';
import { readerOf } from './own.ts';
import { type Dictionary, isDictionary } from './run.ts';
import type { TypeCondition } from './type-conditions.ts';

/** What a subgraph is told of an entity so that it knows which one: null when the entity is not of its types, or lacks an input. */
export type Represent = (entity: Dictionary) => Dictionary | null;

/** A part of a representation; false when an input is missing, because it could not be fetched. */
type Part = (entity: Dictionary, into: Dictionary) => boolean;

function represented(value: unknown, build: Represent): unknown {
  if (Array.isArray(value)) return value.map((element) => represented(element, build));
  return isDictionary(value) ? build(value) : null;
}

function compileField({ name, alias, selections }: QueryPlanFieldNode, conditionOn: Conditions): Part {
  const key = alias ?? name;
  const read = readerOf(key);
  const build = selections && compileSelections(selections, conditionOn);
  return (entity, into) => {
    const value = read(entity);
    if (value === undefined) return false;
    into[key] = build ? represented(value, build) : value;
    return true;
  };
}

type Conditions = (typeName: string) => TypeCondition;

function compilePart(selection: QueryPlanSelectionNode, conditionOn: Conditions): Part {
  if (selection.kind === 'Field') return compileField(selection, conditionOn);
  const build = compileSelections(selection.selections, conditionOn);
  const applies = selection.typeCondition === undefined ? () => false : conditionOn(selection.typeCondition);
  return (entity, into) => {
    if (!applies(entity.__typename)) return true;
    const part = build(entity);
    if (part) mergeInto(into, part);
    return true;
  };
}

function compileSelections(selections: readonly QueryPlanSelectionNode[], conditionOn: Conditions): Represent {
  const parts = selections.map((selection) => compilePart(selection, conditionOn));
  return (entity) => {
    // No inherited names: `constructor` and `__proto__` may be keys like others.
    const into: Dictionary = Object.create(null);
    for (const part of parts) if (!part(entity, into)) return null;
    return into;
  };
}

/** The names of plain fields under one type, when that is all there is: the common key. */
function plainKey(requires: readonly QueryPlanSelectionNode[]): { type: string; names: string[] } | undefined {
  const [only, ...others] = requires;
  if (!only || others.length > 0 || only.kind !== 'InlineFragment' || only.typeCondition === undefined)
    return undefined;
  const names: string[] = [];
  for (const field of only.selections) {
    if (field.kind !== 'Field' || field.selections || field.alias || field.name === '__proto__') return undefined;
    names.push(field.name);
  }
  return names[0] === '__typename' ? { type: only.typeCondition, names } : undefined;
}

/** Compiles the `requires` of a fetch. */
export function compileRepresentations(
  requires: readonly QueryPlanSelectionNode[],
  conditionOn: Conditions,
): Represent {
  const plain = plainKey(requires);
  if (!plain) {
    const build = compileSelections(requires, conditionOn);
    return (entity) => {
      const representation = build(entity);
      return representation?.__typename ? representation : null;
    };
  }
  const applies = conditionOn(plain.type);
  const readers = plain.names.map((name) => [name, readerOf(name)] as const);
  return (entity) => {
    if (!applies(entity.__typename)) return null;
    const representation: Dictionary = {};
    for (const [name, read] of readers) {
      const value = read(entity);
      if (value === undefined) return null;
      representation[name] = value;
    }
    return representation;
  };
}

/** Where representations stand that were met before: those that say the same are one. */
class Known {
  /** Most say a type and an id, and are told apart by these. */
  readonly #byType = new Map<string, Map<string, number>>();
  readonly #byText = new Map<string, number>();

  /** The place of the one that says the same; else this one is known from now on, at `place`. */
  placeOf(representation: Dictionary, place: number): number {
    const { __typename: typename, id } = representation;
    let places = this.#byText;
    let key: string | undefined;
    if (typeof id === 'string' && typeof typename === 'string') {
      let names = 0;
      for (const _name in representation) names++;
      if (names === 2) {
        key = id;
        places = this.#ofType(typename);
      }
    }
    key ??= JSON.stringify(representation);
    const before = places.get(key);
    if (before !== undefined) return before;
    places.set(key, place);
    return place;
  }
  #ofType(typename: string): Map<string, number> {
    let places = this.#byType.get(typename);
    if (!places) {
      places = new Map();
      this.#byType.set(typename, places);
    }
    return places;
  }
}

/** Representations without repetitions, in the order in which the entities first appear. */
export interface Batch {
  readonly representations: Dictionary[];
  /** For each representation, the places of its entities in the list that was given. */
  readonly entitiesOf: number[][];
}

export function batchOf(
  entities: readonly Dictionary[],
  represent: Represent,
  rewrite: ((value: unknown) => void) | undefined,
  onUntold: (entity: Dictionary) => void,
): Batch {
  const representations: Dictionary[] = [];
  const entitiesOf: number[][] = [];
  const known = new Known();
  for (let at = 0; at < entities.length; at++) {
    const entity = entities[at] as Dictionary;
    const representation = represent(entity);
    if (!representation) {
      onUntold(entity);
      continue;
    }
    rewrite?.(representation);
    const place = known.placeOf(representation, representations.length);
    if (place === representations.length) {
      representations.push(representation);
      entitiesOf.push([at]);
    } else {
      entitiesOf[place]?.push(at);
    }
  }
  return { representations, entitiesOf };
}
