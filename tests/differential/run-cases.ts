import { serializeQueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, parse, validate } from 'graphql';
import { type BothExecutors, bothExecutors } from './both-executors.ts';
import { hash } from './chance.ts';
import { compare, type ListedDifference, shown } from './differences.ts';
import { type Limits, type RandomOperation, randomOperation } from './random-operation.ts';
import { composed, type MadeUpSupergraph, ours } from './supergraphs/made-up-supergraph.ts';
import { SMALL_SUPERGRAPHS } from './supergraphs/small.ts';

export interface Tally {
  cases: number;
  fetches: number;
  withErrors: number;
  readonly bySupergraph: Record<string, number>;
  readonly listed: Partial<Record<ListedDifference, number>>;
}

/** The planner looks at so many ways through these that operations have to be short. */
const ENTITY_INTERFACES = 'entityInterfaces';
const SMALL: Limits = { fields: 5, depth: 2 };
const USUAL: Limits = { fields: 14, depth: 4 };

/** What an operation is tried in, in turn: things that are null or absent only, then faults, then nonsense. */
const WORLDS = 16;

/** There are operations on which the planner trips. They have no plan, on whatever executor. */
function isOfPlanner(error: unknown): boolean {
  return (
    error instanceof Error && /@apollo[/\\](query-planner|federation-internals|query-graphs)/.test(error.stack ?? '')
  );
}

/** A random operation that is valid and that Apollo's planner plans. */
function usableOperation(
  { name, supergraph, executors }: MadeUpSupergraph & { readonly executors: BothExecutors },
  seed: number,
): [DocumentNode, RandomOperation] | undefined {
  const operation = randomOperation(supergraph.schema, seed, name === ENTITY_INTERFACES ? SMALL : USUAL);
  const document = parse(operation.query);
  if (validate(supergraph.schema, document).length > 0) return undefined;
  try {
    executors.planOf(document);
  } catch (error) {
    if (isOfPlanner(error)) return undefined;
    throw error;
  }
  return [document, operation];
}

/** All supergraphs of the suite, ready to run cases; a case is one number, and runs the same whenever it is run again. */
export function createCases() {
  const supergraphs = [...Object.entries(SMALL_SUPERGRAPHS).map(([name, texts]) => composed(name, texts)), ours()].map(
    (each) => ({ ...each, executors: bothExecutors(each) }),
  );
  const tally: Tally = { cases: 0, fetches: 0, withErrors: 0, bySupergraph: {}, listed: {} };

  /** Runs `WORLDS` cases of one operation; rejects with all that is needed to look into it when the answers differ. */
  async function runOperation(number: number): Promise<void> {
    const supergraph = supergraphs[number % supergraphs.length];
    if (!supergraph) throw new Error('no supergraph');
    let found: ReturnType<typeof usableOperation>;
    for (let attempt = 0; !found; attempt++) found = usableOperation(supergraph, hash(number, attempt));
    const [document, operation] = found;
    for (let world = 0; world < WORLDS; world++) {
      const options = {
        seed: hash(number, 'world', world),
        withErrors: world % 2 === 1,
        withFaults: world >= 8,
        malformed: world >= 12,
      };
      const answers = await supergraph.executors.run(document, operation, options).catch((error: unknown) => {
        throw new Error(`case ${number} of ${supergraph.name} rejected: ${operation.query}`, { cause: error });
      });
      const verdict = compare(answers, operation.widens, supergraph.name === ENTITY_INTERFACES);
      tally.cases++;
      tally.fetches += answers.fetches;
      if (answers.ours.errors) tally.withErrors++;
      tally.bySupergraph[supergraph.name] = (tally.bySupergraph[supergraph.name] ?? 0) + 1;
      if (verdict.same) {
        if (verdict.listed) tally.listed[verdict.listed] = (tally.listed[verdict.listed] ?? 0) + 1;
        continue;
      }
      const { plan } = supergraph.executors.planOf(document);
      throw new GraphQLError(
        [
          `Operation ${number} (${supergraph.name}, world ${world}) is answered differently: ${verdict.why}.`,
          operation.query,
          JSON.stringify(operation.variables),
          serializeQueryPlan(plan),
          `ours: ${shown(answers.ours)}`,
          `stock: ${answers.stock ? shown(answers.stock) : 'gave up'}`,
        ].join('\n'),
      );
    }
  }

  return {
    tally,
    runOperation,
    /** Reasons why a plan was not run by the compiled executor: none is expected. */
    uncovered: () => supergraphs.flatMap(({ executors }) => executors.uncovered),
  };
}
