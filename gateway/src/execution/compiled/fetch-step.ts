import type { FetchNode, QueryPlanSelectionNode, ResponsePath } from '@apollo/query-planner';
import type { FormattedExecutionResult } from 'graphql';
import { entityErrors, errorsAt, malformedAnswer } from './fetch-errors.ts';
import { mergeInto } from './merge.ts';
import { placesAt } from './places.ts';
import { batchOf, compileRepresentations } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import { type Dictionary, type FetchRequest, isDictionary, type Run, type Step } from './run.ts';
import type { TypeCondition } from './type-conditions.ts';

type Conditions = (typeName: string) => TypeCondition;

/** What of the client's variables a fetch uses; absent ones stay absent, so that the subgraph's defaults hold. */
function compileVariables(names: readonly string[]): (run: Run) => Dictionary {
  return ({ variables }) => {
    const used: Dictionary = {};
    for (const name of names) {
      if (Object.hasOwn(variables, name) && variables[name] !== undefined) used[name] = variables[name];
    }
    return used;
  };
}

function requestOf({ operation, operationName }: FetchNode, variables: Dictionary): FetchRequest {
  return { query: operation, operationName, variables };
}

/** Takes the answer of a fetch of plain fields: of the operation's own root, or of an event that arrived. */
export function compileTaking(fetch: FetchNode, path: ResponsePath, conditionOn: Conditions) {
  const places = placesAt(path);
  const rewrite = compileRewrites(fetch.outputRewrites, conditionOn);
  return (run: Run, answer: FormattedExecutionResult): void => {
    if (answer.errors) run.errors.push(...errorsAt(fetch.serviceName, answer, path));
    const { data } = answer;
    if (data === undefined || data === null) return;
    if (!isDictionary(data)) {
      run.errors.push(malformedAnswer(fetch.serviceName, path));
      return;
    }
    rewrite?.(data);
    for (const place of places.find(run.data)) mergeInto(place, data);
  };
}

function compileFieldsFetch(fetch: FetchNode, path: ResponsePath, conditionOn: Conditions): Step {
  const places = placesAt(path);
  const variablesOf = compileVariables(fetch.variableUsages ?? []);
  const take = compileTaking(fetch, path, conditionOn);
  return (run) => {
    if (path.length > 0 && places.find(run.data).length === 0) return undefined;
    return run.ask(fetch.serviceName, requestOf(fetch, variablesOf(run)), run).then((answer) => take(run, answer));
  };
}

/** Merges what came of the entities into each place that they stand for. */
function takeEntities(
  received: readonly unknown[],
  entities: readonly Dictionary[],
  entitiesOf: readonly (readonly number[])[],
  rewrite: ReturnType<typeof compileRewrites>,
): void {
  for (const [index, entity] of received.entries()) {
    if (!isDictionary(entity)) continue;
    const places = entitiesOf[index] ?? [];
    if (rewrite) {
      const [first] = places;
      if (!entity.__typename && first !== undefined) entity.__typename = entities[first]?.__typename;
      rewrite(entity);
    }
    for (const at of places) {
      const place = entities[at];
      if (place) mergeInto(place, entity);
    }
  }
}

function compileEntitiesFetch(
  fetch: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
  path: ResponsePath,
  conditionOn: Conditions,
): Step {
  const { serviceName } = fetch;
  const places = placesAt(path);
  const represent = compileRepresentations(requires, conditionOn);
  const rewriteInput = compileRewrites(fetch.inputRewrites, conditionOn);
  const rewriteOutput = compileRewrites(fetch.outputRewrites, conditionOn);
  const variablesOf = compileVariables(fetch.variableUsages ?? []);
  return (run) => {
    const entities = places.find(run.data);
    if (entities.length === 0) return undefined;
    const { representations, entitiesOf } = batchOf(entities, represent, rewriteInput);
    if (representations.length === 0) return undefined;
    const variables = variablesOf(run);
    variables.representations = representations;
    return run.ask(serviceName, requestOf(fetch, variables), run).then((answer) => {
      if (answer.errors) run.errors.push(...entityErrors(serviceName, answer, places, run.data, entitiesOf));
      const { data } = answer;
      if (data === undefined || data === null) return;
      const received = data._entities;
      if (Array.isArray(received) && received.length === representations.length) {
        takeEntities(received, entities, entitiesOf, rewriteOutput);
      } else if (!answer.errors || (received !== null && received !== undefined)) {
        run.errors.push(malformedAnswer(serviceName, path));
      }
    });
  };
}

/** Compiles one fetch: of fields, or of what a subgraph knows of the entities at `path`. */
export function compileFetch(fetch: FetchNode, path: ResponsePath, conditionOn: Conditions): Step {
  const { requires } = fetch;
  return requires
    ? compileEntitiesFetch(fetch, requires, path, conditionOn)
    : compileFieldsFetch(fetch, path, conditionOn);
}
