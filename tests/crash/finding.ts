/** Something that the product promised and did not keep. */
export interface Finding {
  readonly at: string;
  /** What is wrong and where. */
  readonly what: string;
  /** The acknowledged writes that it is about. */
  readonly writes: readonly string[];
  /** What had been struck shortly before. */
  readonly strikes: readonly string[];
}

interface Context {
  readonly strikes: readonly string[];
  readonly journal: readonly string[];
}

const LATEST_STRIKES = 30;
const MOST_WRITES = 30;
const SNOWFLAKE = /\d{15,}/g;

export function findingOf(error: unknown, { strikes, journal }: Context): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const difference = differenceOf(error);
  const ids = new Set(`${message} ${difference.subject}`.match(SNOWFLAKE));
  const about = journal.filter((line) => [...ids].some((id) => line.includes(id)));
  return {
    at: new Date().toISOString(),
    what: [message, ...difference.lines].join('\n'),
    writes: about.slice(-MOST_WRITES),
    strikes: strikes.slice(-LATEST_STRIKES),
  };
}

/** Which parts of two lists differ, when the error is one of a comparison of lists. */
function differenceOf(error: unknown): { readonly lines: readonly string[]; readonly subject: string } {
  if (!(error instanceof Error) || !('expected' in error) || !('actual' in error)) return { lines: [], subject: '' };
  const { expected, actual } = error;
  if (!Array.isArray(expected) || !Array.isArray(actual)) {
    const lines = [`expected ${JSON.stringify(expected)}`, `found    ${JSON.stringify(actual)}`];
    return { lines, subject: '' };
  }
  const [wanted, found] = [expected.map(asText), actual.map(asText)];
  const missing = wanted.filter((item) => !found.includes(item));
  const unwanted = found.filter((item) => !wanted.includes(item));
  const lines = [
    `missing: ${missing.join(' ') || 'nothing'}`,
    `not wanted: ${unwanted.join(' ') || 'nothing'}`,
    ...(missing.length + unwanted.length === 0 ? [`order: ${found.join(' ')}`, `instead of: ${wanted.join(' ')}`] : []),
  ];
  return { lines, subject: [...missing, ...unwanted].join(' ') };
}

const asText = (item: unknown): string => JSON.stringify(item) ?? 'undefined';

/** For people; `index` counts from 0. */
export function describe({ at, what, writes, strikes }: Finding, index: number): string {
  const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join('\n');
  return [
    `### ${index + 1}. At ${at}`,
    indented(what.split('\n')),
    writes.length > 0 ? `The writes that it is about:\n\n${indented(writes)}` : '',
    `Struck before it:\n\n${indented(strikes)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
