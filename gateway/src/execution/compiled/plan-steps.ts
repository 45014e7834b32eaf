import type { PlanNode, ResponsePath } from '@apollo/query-planner';
import type { Soon } from '@starling/platform/batching';
import type { ConditionValues } from './condition-values.ts';
import { compileFetch } from './fetch-step.ts';
import type { Run, Step } from './run.ts';
import type { TypesOfSubgraphs } from './type-conditions.ts';
import { UncoveredPlan } from './uncovered.ts';

export interface PlanCompiler {
  readonly types: TypesOfSubgraphs;
  /** What the client's `Boolean` variables say, defaults included. */
  readonly valuesOf: ConditionValues;
}

const nothing = () => {};

function inSequence(steps: readonly Step[]): Step {
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  const goOn = (run: Run, from: number): Soon<void> => {
    for (let at = from; at < steps.length; at++) {
      const waiting = (steps[at] as Step)(run);
      if (waiting instanceof Promise) return waiting.then(() => goOn(run, at + 1));
    }
  };
  return (run) => goOn(run, 0);
}

function inParallel(steps: readonly Step[]): Step {
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  return (run) => {
    const waiting: Promise<void>[] = [];
    for (const step of steps) {
      try {
        const wait = step(run);
        if (wait instanceof Promise) waiting.push(wait);
      } catch (error) {
        // The others are under way, and are heard.
        waiting.push(Promise.reject(error));
      }
    }
    return waiting.length === 0 ? undefined : Promise.all(waiting).then(nothing);
  };
}

/** Compiles a node of a plan for the objects at `path`. */
export function compileSteps(node: PlanNode, path: ResponsePath, compiler: PlanCompiler): Step {
  const inside = (child: PlanNode) => compileSteps(child, path, compiler);
  switch (node.kind) {
    case 'Sequence':
      return inSequence(node.nodes.map(inside));
    case 'Parallel':
      return inParallel(node.nodes.map(inside));
    case 'Flatten':
      if (node.path.some((element) => typeof element !== 'string')) throw new UncoveredPlan('unknown-step');
      return compileSteps(node.node, [...path, ...node.path], compiler);
    case 'Fetch':
      if (node.contextRewrites?.length) throw new UncoveredPlan('context-arguments');
      if (node.requires && node.variableUsages?.includes('representations')) {
        throw new UncoveredPlan('reserved-variable');
      }
      return compileFetch(node, path, compiler.types);
    case 'Condition': {
      const { condition, ifClause, elseClause } = node;
      const whenTrue = ifClause && inside(ifClause);
      const whenFalse = elseClause && inside(elseClause);
      return (run) => (compiler.valuesOf(run.variables, condition) ? whenTrue : whenFalse)?.(run);
    }
    case 'Defer':
      throw new UncoveredPlan('defer');
    default:
      throw new UncoveredPlan('unknown-step');
  }
}
