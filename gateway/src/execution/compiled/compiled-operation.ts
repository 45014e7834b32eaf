import type { QueryPlan } from '@apollo/query-planner';
import { after, type Soon } from '@starling/platform/batching';
import { conditionVariables } from '@starling/platform/subgraph-server';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { errorForClient, type ResponseNames } from '../response-names.ts';
import { Absences } from './absences.ts';
import { asksForData } from './asks-for-data.ts';
import { conditionValues } from './condition-values.ts';
import { compileTaking } from './fetch-step.ts';
import { compileSteps, type PlanCompiler } from './plan-steps.ts';
import type { Run, Step, Variables } from './run.ts';
import { type AnsweredPlace, answeredPlaces } from './shape/answered-places.ts';
import type { ByteText } from './shape/byte-text.ts';
import { asText, asValues, type Output } from './shape/outputs.ts';
import { compileShape, type Shape } from './shape/response-shape.ts';
import type { TypesOfSubgraphs } from './type-conditions.ts';
import { UncoveredPlan } from './uncovered.ts';

/** What an execution is given; what it gathers is its own. */
export type RunOptions = Pick<Run, 'identity' | 'variables' | 'ask' | 'patience'>;

/** An answer whose data is written as JSON already. */
export interface WrittenResult {
  /** Undefined where an answer has none. */
  readonly data: ByteText | undefined;
  readonly errors?: readonly GraphQLError[];
}

export interface CompiledOperation {
  execute(options: RunOptions): Soon<ExecutionResult>;
  /** The same, as text. */
  write(options: RunOptions): Soon<WrittenResult>;
  /** A subscription's event: takes what arrived, then fetches what it refers to. */
  onEvent(event: FormattedExecutionResult, options: RunOptions): Soon<ExecutionResult>;
}

export interface CompileOptions {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly types: TypesOfSubgraphs;
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly plan: QueryPlan;
  readonly names: ResponseNames;
}

/** Answers differ by what `@include` and `@skip` are given. Few of the possible shapes are ever wanted. */
const KEPT_SHAPES = 16;

/** What makes answers of one shape. */
interface Answering<Made> {
  readonly write: Shape<Made>;
  readonly placeOf: AnsweredPlace;
}

const FAULT = { extensions: { code: 'INTERNAL_SERVER_ERROR' } };

const nothingToDo: Step = () => undefined;

/** Compiles a plan and the shape of its answers. Throws `UncoveredPlan` when something in it is not known here. */
export function compileOperation({
  schema,
  types,
  document,
  operationName,
  plan,
  names,
}: CompileOptions): CompiledOperation {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new GraphQLError('There is no such operation in the document.');
  const valuesOf = conditionValues(operation);
  const compiler: PlanCompiler = { types, valuesOf };
  const { node } = plan;
  const subscription = node?.kind === 'Subscription' ? node : undefined;
  if (subscription?.primary.requires) throw new UncoveredPlan('unknown-step');
  const rest = node?.kind === 'Subscription' ? node.rest : node;
  const steps = rest ? compileSteps(rest, [], compiler) : nothingToDo;
  const takeEvent = subscription && compileTaking(subscription.primary, [], types);

  const deciding = conditionVariables(document).filter((name) =>
    operation.variableDefinitions?.some(({ variable }) => variable.name.value === name),
  );

  function shapesAs<Made>(output: Output<Made>): (variables: Variables) => Answering<Made> {
    const shapes = new LRUCache<string, Answering<Made>>({ max: KEPT_SHAPES });
    return (variables) => {
      const values = deciding.map((name) => valuesOf(variables, name));
      const key = values.join();
      const known = shapes.get(key);
      if (known) return known;
      const held = new Map(deciding.map((name, at) => [name, values[at] === true]));
      const holds = (name: string) => held.get(name) === true;
      const given = { schema, types, document, operation: operation as NonNullable<typeof operation>, holds, names };
      const shape = { write: compileShape(given, output), placeOf: answeredPlaces(given) };
      shapes.set(key, shape);
      return shape;
    };
  }
  const shapeOfValues = shapesAs(asValues);
  const shapeOfText = shapesAs(asText);

  // Fields that no subgraph can answer are left out of a plan; when nothing is left, nobody would be told.
  const isUnanswerable = (variables: Variables) =>
    !node && asksForData(operation, document, (name) => valuesOf(variables, name));

  function answer<Made>(
    shapeFor: (variables: Variables) => Answering<Made>,
    options: RunOptions,
    event?: FormattedExecutionResult,
  ): Soon<{ readonly data: Made | null; readonly errors?: readonly GraphQLError[] }> {
    const { variables } = options;
    if (isUnanswerable(variables))
      return { data: null, errors: [new GraphQLError('No subgraph answers this.', FAULT)] };
    const { write, placeOf } = shapeFor(variables);
    const { identity, ask, patience } = options;
    const run: Run = { identity, variables, ask, patience, data: {}, errors: [], absences: new Absences() };
    if (event) takeEvent?.(run, event);
    return after(steps(run), () => {
      const { errors, absences } = run;
      const data = write(run.data, { variables, errors, data: run.data, absences, path: [], faults: 0 });
      if (errors.length === 0) return { data };
      const placed = errors.map((error) => errorForClient(error, (path) => placeOf(path, run.data), names));
      return { errors: placed, data };
    });
  }

  return {
    execute: (options) => answer(shapeOfValues, options),
    write: (options) =>
      after(answer(shapeOfText, options), ({ data, errors }) => ({ data: data ?? 'null', ...(errors && { errors }) })),
    onEvent: (event, options) => answer(shapeOfValues, options, event),
  };
}
