import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { mergeInto } from './merge.ts';
import { readerOf } from './own.ts';
import type { Rewrite } from './rewrites.ts';
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

/** A type and the name of one plain field, when that is all there is: the common key. */
function plainKey(requires: readonly QueryPlanSelectionNode[]): { type: string; name: string } | undefined {
  const [only, ...others] = requires;
  if (!only || others.length > 0 || only.kind !== 'InlineFragment' || only.typeCondition === undefined)
    return undefined;
  const names: string[] = [];
  for (const field of only.selections) {
    if (field.kind !== 'Field' || field.selections || field.alias || field.name === '__proto__') return undefined;
    names.push(field.name);
  }
  const [typename, name, ...more] = names;
  if (typename !== '__typename' || name === undefined || more.length > 0) return undefined;
  return { type: only.typeCondition, name };
}

/** Representations without repetitions, in the order in which the entities first appear. */
export interface Batch {
  readonly representations: Dictionary[];
  /** For each entity of the list that was given, the place of its representation; `UNTOLD` for one that has none. */
  readonly placeOf: number[];
}

/** In the place of an entity that cannot be represented. */
export const UNTOLD = -1;

/** Makes the batch of some entities: those that cannot be represented are left out, and told to `onUntold`, once or more often. */
export type MakeBatch = (entities: readonly Dictionary[], onUntold: (entity: Dictionary) => void) => Batch;

/** A batch that grows. Two representations are one when they are of the same type and have the same key. */
class Growing implements Batch {
  readonly representations: Dictionary[] = [];
  readonly placeOf: number[] = [];
  /** Where those stand that were met before. */
  readonly #byType = new Map<string, Map<string, number>>();
  #type: string | undefined;
  #places = new Map<string, number>();

  /** Of one type come many in a row. */
  #placesOf(type: string): Map<string, number> {
    if (type === this.#type) return this.#places;
    let places = this.#byType.get(type);
    if (!places) {
      places = new Map();
      this.#byType.set(type, places);
    }
    this.#type = type;
    this.#places = places;
    return places;
  }

  /** Whether it is known; if so, the next entity is one more of its. */
  isKnown(type: string, key: string): boolean {
    const place = this.#placesOf(type).get(key);
    if (place === undefined) return false;
    this.placeOf.push(place);
    return true;
  }
  add(type: string, key: string, representation: Dictionary): void {
    const place = this.representations.push(representation) - 1;
    this.#placesOf(type).set(key, place);
    this.placeOf.push(place);
  }
  leaveOut(): void {
    this.placeOf.push(UNTOLD);
  }
}

function byWholeText(represent: Represent, rewrite: Rewrite | undefined): MakeBatch {
  return (entities, onUntold) => {
    const batch = new Growing();
    for (const entity of entities) {
      const representation = represent(entity);
      if (!representation) {
        onUntold(entity);
        batch.leaveOut();
        continue;
      }
      rewrite?.(representation);
      const text = JSON.stringify(representation);
      if (!batch.isKnown('', text)) batch.add('', text, representation);
    }
    return batch;
  };
}

/** Nearly all keys are ids: V8 makes an object with names that it reads in the code several times as fast. */
function keyed(name: string): (__typename: string, key: string) => Dictionary {
  return name === 'id' ? (__typename, id) => ({ __typename, id }) : (__typename, key) => ({ __typename, [name]: key });
}

/** Most say a type and one text, such as an id: nothing is made of an entity that was met before. */
function byOneText(applies: TypeCondition, name: string, otherwise: MakeBatch): MakeBatch {
  const read = readerOf(name);
  const represent = keyed(name);
  return (entities, onUntold) => {
    const batch = new Growing();
    for (let at = 0; at < entities.length; at++) {
      const entity = entities[at] as Dictionary;
      const { __typename } = entity;
      const key = applies(__typename) ? read(entity) : undefined;
      if (key === undefined) {
        onUntold(entity);
        batch.leaveOut();
        continue;
      }
      if (typeof key !== 'string' || typeof __typename !== 'string') return otherwise(entities, onUntold);
      if (!batch.isKnown(__typename, key)) batch.add(__typename, key, represent(__typename, key));
    }
    return batch;
  };
}

/** Compiles the `requires` of a fetch. */
export function compileBatches(
  requires: readonly QueryPlanSelectionNode[],
  conditionOn: Conditions,
  rewrite?: Rewrite,
): MakeBatch {
  const build = compileSelections(requires, conditionOn);
  const plain = byWholeText((entity) => {
    const representation = build(entity);
    return representation?.__typename ? representation : null;
  }, rewrite);
  const key = rewrite ? undefined : plainKey(requires);
  return key ? byOneText(conditionOn(key.type), key.name, plain) : plain;
}
