import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled } from './processes.ts';

const run = promisify(execFile);

/** `docker-compose.yml` runs the same release. */
export const KAFKA = '4.3.1';
const SLF4J_BINDING = '2.25.5';
const OLDEST_JAVA = 17;
const FETCH_LIMIT_MS = 300_000;
/** Git ignores it; it stays from run to run. */
const CACHE = join(import.meta.dirname, '../.starling/jars');

const JAVA_PACKAGE = `apt-get install -y default-jre-headless (${OLDEST_JAVA} or newer)`;

/** What this machine lacks to run it, for people; undefined when it lacks nothing. */
export function missingKafka(): string | undefined {
  if (!isInstalled('java')) return `java is not on the path: ${JAVA_PACKAGE}`;
  const version = javaVersion();
  if (version < OLDEST_JAVA) return `java on the path is of version ${version}: ${JAVA_PACKAGE}`;
  if (!existsSync(jarsFolder()) && !isInstalled('mvn')) return 'mvn is not on the path: apt-get install -y maven';
  return undefined;
}

let knownVersion: number | undefined;

/** The major version; 0 when it does not say. */
function javaVersion(): number {
  if (knownVersion === undefined) {
    const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
    knownVersion = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  }
  return knownVersion;
}

const jarsFolder = () => join(CACHE, `kafka-${KAFKA}`);

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>starling</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>${SLF4J_BINDING}</version></dependency>
  </dependencies>
</project>
`;

/**
 * The folder of Kafka's jars, brought with Maven when it is not there. They are fetched beside their place and moved there
 * when they are whole: several processes may fetch at the same time.
 */
export async function fetchJars(): Promise<string> {
  const jars = jarsFolder();
  if (existsSync(jars)) return jars;
  const draft = `${jars}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await mkdir(draft, { recursive: true });
  try {
    await writeFile(join(draft, 'pom.xml'), POM);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'libs')}`, '-DincludeScope=runtime'];
    await run('mvn', ['-B', '-ntp', '-q', '-f', join(draft, 'pom.xml'), ...goal], { timeout: FETCH_LIMIT_MS });
    await rename(join(draft, 'libs'), jars).catch((error: unknown) => {
      // Somebody else was faster.
      if (!existsSync(jars)) throw error;
    });
    return jars;
  } catch (error) {
    throw new Error(`Kafka ${KAFKA} could not be fetched with Maven.`, { cause: error });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
