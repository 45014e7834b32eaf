import type { FormattedExecutionResult } from 'graphql';
import { hash } from './chance.ts';

/** What goes wrong between gateway and subgraph in one fetch. */
export type Fault = 'none' | 'unavailable' | 'late' | 'no data' | 'errors alone' | 'too few' | 'another shape';

const WELL_FORMED: readonly Fault[] = ['unavailable', 'late', 'errors alone'];
const MALFORMED: readonly Fault[] = ['no data', 'too few', 'another shape'];

export const isMalformed = (fault: Fault): boolean => MALFORMED.includes(fault);

/** One fetch in eight fails, always the same for the same case: decided by what is asked, not by how often. */
export function faultOf(seed: number, subgraph: string, query: string, malformed: boolean): Fault {
  const number = hash('fault', seed, subgraph, query);
  if (number % 8 !== 0) return 'none';
  const faults = malformed ? MALFORMED : WELL_FORMED;
  return faults[(number >>> 8) % faults.length] ?? 'none';
}

function unavailable(subgraph: string): FormattedExecutionResult {
  return { errors: [{ message: `${subgraph} is away`, path: [], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] };
}

/** No list of a made-up world is so long, and no key has the number: what comes of these is no part of the same world. */
const OF_ANOTHER_SHAPE: readonly unknown[] = [
  7,
  2 ** 40,
  0.75,
  'text',
  true,
  [],
  [null, null, null, null, null],
  [[{}]],
  {},
  { __typename: 'Nothing' },
  { __typename: 7 },
  { __typename: 'String' },
];

/** Puts something of another type in the place of a few values. */
function reshaped(value: unknown, seed: number, at: string): unknown {
  const number = hash('reshape', seed, at);
  if (at.split('.').length > 2 && number % 7 === 0) {
    return OF_ANOTHER_SHAPE[(number >>> 8) % OF_ANOTHER_SHAPE.length];
  }
  if (Array.isArray(value)) return value.map((each, index) => reshaped(each, seed, `${at}.${index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === '__typename' ? each : reshaped(each, seed, `${at}.${name}`),
    ]),
  );
}

export async function withFault(
  fault: Fault,
  subgraph: string,
  seed: number,
  answer: () => Promise<FormattedExecutionResult>,
): Promise<FormattedExecutionResult> {
  switch (fault) {
    case 'none':
      return answer();
    case 'unavailable':
      return unavailable(subgraph);
    case 'late':
      await new Promise((resolve) => setImmediate(resolve));
      return unavailable(subgraph);
    case 'no data':
      return { data: null };
    case 'errors alone':
      return { errors: [{ message: 'no reason' }, { message: 'one more', extensions: { code: 'RATE_LIMITED' } }] };
    case 'too few': {
      const { data, errors } = await answer();
      const entities: unknown = data?._entities;
      const fewer = Array.isArray(entities)
        ? { _entities: entities.slice(1) }
        : data && Object.fromEntries(Object.entries(data).slice(1));
      return { data: fewer ?? null, ...(errors && { errors }) };
    }
    case 'another shape': {
      const { data, errors } = await answer();
      return { data: reshaped(data, seed, subgraph) as Record<string, unknown>, ...(errors && { errors }) };
    }
  }
}
