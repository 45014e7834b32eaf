import type { FetchNode, QueryPlanSelectionNode, ResponsePath } from '@apollo/query-planner';
import { after } from '@starling/platform/batching';
import { ownCopy } from '@starling/platform/subgraph-server';
import type { FormattedExecutionResult } from 'graphql';
import { type Absences, type Asks, asksOf } from './absences.ts';
import { entityErrors, errorsAt, malformedAnswer } from './fetch-errors.ts';
import { mergeInto } from './merge.ts';
import { setOwn } from './own.ts';
import { placesAt } from './places.ts';
import { compileBatches, UNTOLD } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import { type Dictionary, type FetchRequest, isDictionary, type Run, type Step } from './run.ts';
import type { TypesOfSubgraphs } from './type-conditions.ts';

/** What of the client's variables a fetch uses; absent ones stay absent, so that the subgraph's defaults hold. */
function compileVariables(names: readonly string[]): (run: Run) => Dictionary {
  return ({ variables }) => {
    const used: Dictionary = {};
    for (const name of names) {
      if (Object.hasOwn(variables, name) && variables[name] !== undefined) setOwn(used, name, variables[name]);
    }
    return used;
  };
}

function requestOf({ operation, operationName }: FetchNode, variables: Dictionary): FetchRequest {
  return { query: operation, operationName, variables };
}

/** Takes the answer of a fetch of plain fields: of the operation's own root, or of an event that arrived. */
export function compileTaking(fetch: FetchNode, path: ResponsePath, types: TypesOfSubgraphs) {
  const places = placesAt(path);
  const rewrite = compileRewrites(fetch.outputRewrites, types.conditionOn);
  const asks = asksOf(fetch);
  return (run: Run, answer: FormattedExecutionResult): void => {
    if (answer.errors) run.errors.push(...errorsAt(fetch.serviceName, answer, path));
    const { data } = answer;
    if (!isDictionary(data)) {
      // Nothing is an answer where errors say why: one that must not be null takes the others with it.
      if (!answer.errors || (data !== undefined && data !== null)) {
        run.errors.push(malformedAnswer(fetch.serviceName, path));
      }
      for (const place of places.find(run.data)) run.absences.note(place, asks);
      return;
    }
    const own = rewrite ? ownCopy(data) : data;
    rewrite?.(own);
    for (const place of places.find(run.data)) mergeInto(place, own);
  };
}

function compileFieldsFetch(fetch: FetchNode, path: ResponsePath, types: TypesOfSubgraphs): Step {
  const places = placesAt(path);
  const variablesOf = compileVariables(fetch.variableUsages ?? []);
  const take = compileTaking(fetch, path, types);
  return (run) => {
    if (path.length > 0 && places.find(run.data).length === 0) return undefined;
    return after(run.ask(fetch.serviceName, requestOf(fetch, variablesOf(run)), run), (answer) => take(run, answer));
  };
}

/** What one fetch has to know of what it takes. */
interface Taking {
  readonly asks: Asks;
  readonly rewrite: ReturnType<typeof compileRewrites>;
  readonly isInterface: TypesOfSubgraphs['isInterface'];
}

/** What came of an entity, as it is merged wherever it stands: `typename` is what is known of it. */
function rewritten(given: Dictionary, typename: unknown, rewrite: NonNullable<Taking['rewrite']>): Dictionary {
  const entity = ownCopy(given);
  entity.__typename ||= typename;
  rewrite(entity);
  return entity;
}

/** Merges what came of the entities into each place that they stand for. */
function takeEntities(
  received: readonly unknown[],
  entities: readonly Dictionary[],
  placeOf: readonly number[],
  absences: Absences,
  { asks, rewrite, isInterface }: Taking,
): void {
  const own: (Dictionary | undefined)[] | undefined = rewrite && [];
  for (let at = 0; at < entities.length; at++) {
    const place = placeOf[at] as number;
    if (place === UNTOLD) continue;
    const target = entities[at] as Dictionary;
    const given = received[place];
    if (!isDictionary(given)) {
      if (given === null) absences.note(target, asks);
      continue;
    }
    const { __typename: known } = target;
    let entity = given;
    if (own && rewrite) {
      own[place] ??= rewritten(given, known, rewrite);
      entity = own[place] as Dictionary;
    }
    mergeInto(target, entity);
    // A subgraph that knows an interface alone calls everything by its name: what is known better stays.
    if (known && known !== target.__typename && isInterface(entity.__typename)) target.__typename = known;
  }
}

function compileEntitiesFetch(
  fetch: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
  path: ResponsePath,
  types: TypesOfSubgraphs,
): Step {
  const { serviceName } = fetch;
  const places = placesAt(path);
  const rewriteInput = compileRewrites(fetch.inputRewrites, types.conditionOn);
  const batchOf = compileBatches(requires, types.conditionOn, rewriteInput);
  const asks = asksOf(fetch);
  const rewrite = compileRewrites(fetch.outputRewrites, types.conditionOn);
  const taking: Taking = { asks, rewrite, isInterface: types.isInterface };
  const variablesOf = compileVariables(fetch.variableUsages ?? []);
  return (run) => {
    const entities = places.find(run.data);
    if (entities.length === 0) return undefined;
    const { representations, placeOf } = batchOf(entities, (entity) => run.absences.noteUntold(entity, asks));
    if (representations.length === 0) return undefined;
    const variables = variablesOf(run);
    variables.representations = representations;
    return after(run.ask(serviceName, requestOf(fetch, variables), run), (answer) => {
      if (answer.errors) run.errors.push(...entityErrors(serviceName, answer, places, run.data, placeOf));
      const received = answer.data?._entities;
      if (Array.isArray(received) && received.length === representations.length) {
        takeEntities(received, entities, placeOf, run.absences, taking);
      } else if (!answer.errors || (received !== null && received !== undefined)) {
        run.errors.push(malformedAnswer(serviceName, path));
      }
    });
  };
}

/** Compiles one fetch: of fields, or of what a subgraph knows of the entities at `path`. */
export function compileFetch(fetch: FetchNode, path: ResponsePath, types: TypesOfSubgraphs): Step {
  const { requires } = fetch;
  return requires ? compileEntitiesFetch(fetch, requires, path, types) : compileFieldsFetch(fetch, path, types);
}
