import { serializeQueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, parse, validate } from 'graphql';
import { notAsAsked } from './as-asked.ts';
import { type Answers, type BothExecutors, bothExecutors } from './both-executors.ts';
import { hash } from './chance.ts';
import { compare, type ListedDifference, shown } from './differences.ts';
import { needlessErrors, unexplainedNulls } from './explained.ts';
import type { KeptCase } from './kept-cases.ts';
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

type Executed = MadeUpSupergraph & { readonly executors: BothExecutors };

interface Usable {
  readonly supergraph: Executed;
  readonly document: DocumentNode;
  readonly operation: RandomOperation;
}

/** A random operation that is valid and that Apollo's planner plans. */
function usableOperation(of: Executed, seed: number): Usable | undefined {
  const { name, supergraph, executors } = of;
  const operation = randomOperation(supergraph.schema, seed, name === ENTITY_INTERFACES ? SMALL : USUAL);
  const document = parse(operation.query);
  if (validate(supergraph.schema, document).length > 0) return undefined;
  try {
    executors.planOf(document, operation);
  } catch (error) {
    if (isOfPlanner(error)) return undefined;
    throw error;
  }
  return { supergraph: of, document, operation };
}

/** What is wrong with our answer, whatever the stock one is. */
function wrongWithOurs(
  { name, supergraph: { schema } }: MadeUpSupergraph,
  document: DocumentNode,
  { variables, operationName }: RandomOperation,
  { ours, stock, whole, malformed }: Answers,
): string | undefined {
  const notAsked = notAsAsked(schema, { document, variables, operationName }, ours, name === ENTITY_INTERFACES);
  if (notAsked !== undefined) return `not as asked, ${notAsked}`;
  const [unexplained] = unexplainedNulls(ours, whole);
  if (unexplained) return `no error tells why there is nothing at ${unexplained.join('.')}`;
  // Where a subgraph answers nonsense, it may tell of an error and answer something as well.
  const isTold = (path: string) => malformed && stock?.errors?.some((error) => error.path?.join('.') === path) === true;
  const needless = needlessErrors(ours)
    .map((path) => path.join('.'))
    .find((path) => !isTold(path));
  return needless && `an error is about ${needless}, which is there`;
}

/** All supergraphs of the suite, ready to run cases; a case is one number, and runs the same whenever it is run again. */
export function createCases() {
  const supergraphs = [...Object.entries(SMALL_SUPERGRAPHS).map(([name, texts]) => composed(name, texts)), ours()].map(
    (each) => ({ ...each, executors: bothExecutors(each) }),
  );
  const tally: Tally = { cases: 0, fetches: 0, withErrors: 0, bySupergraph: {}, listed: {} };

  /** Runs `WORLDS` cases of one operation; rejects with all that is needed to look into it when an answer is not right. */
  async function runWorlds({ supergraph, document, operation }: Usable, number: number): Promise<void> {
    const { name, executors } = supergraph;
    for (let world = 0; world < WORLDS; world++) {
      const options = {
        seed: hash(number, 'world', world),
        withErrors: world % 2 === 1,
        withFaults: world >= 8,
        malformed: world >= 12,
      };
      const answers = await executors.run(document, operation, options).catch((error: unknown) => {
        throw new Error(`case ${number} of ${name} rejected: ${operation.query}`, { cause: error });
      });
      const verdict = compare(answers, {
        widens: operation.widens,
        interfaceObjects: name === ENTITY_INTERFACES,
        hasConditions: /@(skip|include)\(/.test(operation.query),
      });
      const wrong = wrongWithOurs(supergraph, document, operation, answers);
      tally.cases++;
      tally.fetches += answers.fetches;
      if (answers.ours.errors) tally.withErrors++;
      tally.bySupergraph[name] = (tally.bySupergraph[name] ?? 0) + 1;
      if (verdict.same && wrong === undefined) {
        if (verdict.listed) tally.listed[verdict.listed] = (tally.listed[verdict.listed] ?? 0) + 1;
        continue;
      }
      const { plan } = executors.planOf(document, operation);
      throw new GraphQLError(
        [
          `Operation ${number} (${name}, world ${world}) is answered ${verdict.same ? `wrongly: ${wrong}` : `differently: ${verdict.why}`}.`,
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
    /** A random operation: the same for the same number. */
    async runOperation(number: number): Promise<void> {
      const supergraph = supergraphs[number % supergraphs.length];
      if (!supergraph) throw new Error('no supergraph');
      let found: Usable | undefined;
      for (let attempt = 0; !found; attempt++) found = usableOperation(supergraph, hash(number, attempt));
      await runWorlds(found, number);
    },
    async runKept({ supergraph: name, query, variables, number }: KeptCase): Promise<void> {
      const supergraph = supergraphs.find((each) => each.name === name);
      if (!supergraph) throw new Error(`There is no supergraph ${name}.`);
      const document = parse(query);
      const [invalid] = validate(supergraph.supergraph.schema, document);
      if (invalid) throw invalid;
      await runWorlds({ supergraph, document, operation: { query, variables, widens: false } }, number);
    },
    /** Reasons why a plan was not run by the compiled executor: none is expected. */
    uncovered: () => supergraphs.flatMap(({ executors }) => executors.uncovered),
  };
}
