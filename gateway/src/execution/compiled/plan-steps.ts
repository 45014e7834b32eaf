import type { PlanNode, ResponsePath } from '@apollo/query-planner';
import type { ConditionValues } from './condition-values.ts';
import { compileFetch } from './fetch-step.ts';
import type { Step } from './run.ts';
import type { TypesOfSubgraphs } from './type-conditions.ts';
import { UncoveredPlan } from './uncovered.ts';

export interface PlanCompiler {
  readonly types: TypesOfSubgraphs;
  /** What the client's `Boolean` variables say, defaults included. */
  readonly valuesOf: ConditionValues;
}

function inSequence(steps: readonly Step[]): Step {
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
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
