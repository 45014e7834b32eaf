import { missingKafka } from '../../engines/kafka-jars.ts';
import { missingRedis } from '../../engines/redis-server.ts';

/** Test files that need a real engine end in `.redis.test.ts` and the like; everything else needs Node alone. */
const SUITES = [
  { name: 'Redis', files: '**/*.redis.test.ts', missing: missingRedis },
  { name: 'Kafka', files: '**/*.kafka.test.ts', missing: missingKafka },
];

export interface LeftOut {
  /** Patterns of the files that cannot run on this machine. */
  readonly files: readonly string[];
  /** For whoever runs the tests: what is left out, and how to include it. */
  readonly line: string | undefined;
}

/** What is left out on this machine. With `REQUIRE_ENGINES=1` nothing may be: then this throws instead. */
export function leftOutSuites(required = process.env.REQUIRE_ENGINES === '1', suites = SUITES): LeftOut {
  const lacking = suites.flatMap(({ name, files, missing }) => {
    const reason = missing();
    return reason === undefined ? [] : [{ name, files, reason }];
  });
  if (lacking.length === 0) return { files: [], line: undefined };
  const reasons = lacking.map(({ name, reason }) => `${name} (${reason})`).join(', ');
  if (required) throw new Error(`REQUIRE_ENGINES=1, but these cannot be started: ${reasons}.`);
  return {
    files: lacking.map(({ files }) => files),
    line: `Left out: the tests on ${reasons}; crashes are tried without these.`,
  };
}
