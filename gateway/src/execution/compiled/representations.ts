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

/** The same for representations that say the same. Most say a type and an id, and are told apart by these. */
function keyOf(representation: Dictionary): string {
  const { __typename: typename, id } = representation;
  if (typeof id === 'string' && typeof typename === 'string') {
    let names = 0;
    for (const _name in representation) names++;
    // No type has a line feed in its name, and no JSON text begins as a type does.
    if (names === 2) return `${typename}\n${id}`;
  }
  return JSON.stringify(representation);
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
  rewrite?: (value: unknown) => void,
): Batch {
  const representations: Dictionary[] = [];
  const entitiesOf: number[][] = [];
  const known = new Map<string, number>();
  for (let at = 0; at < entities.length; at++) {
    const representation = represent(entities[at] as Dictionary);
    if (!representation) continue;
    rewrite?.(representation);
    const key = keyOf(representation);
    const before = known.get(key);
    if (before === undefined) {
      known.set(key, representations.length);
      representations.push(representation);
      entitiesOf.push([at]);
    } else {
      entitiesOf[before]?.push(at);
    }
  }
  return { representations, entitiesOf };
}
