import type { Starting } from '@starling/platform/lifecycle';
import { migrate } from '@starling/platform/postgres';
import { checkPort } from './check-port.ts';
import type { StandaloneEnvironment } from './environment.ts';
import { allMigrations } from './migrations.ts';
import { obtainPostgres } from './obtain-postgres.ts';

/** The first steps of every shape of the product: a free port, a running database, all its tables. Answers its address. */
export async function prepareDatabase(
  { environment, stops, signal, giveUp }: Starting<StandaloneEnvironment>,
  say: (line: string) => void,
): Promise<string> {
  const { HOST, PORT, METRICS_PORT } = environment;
  await checkPort(HOST, PORT);
  if (METRICS_PORT !== undefined) await checkPort(HOST, METRICS_PORT);

  const postgres = await obtainPostgres(environment, (step) => say(`PostgreSQL: ${step}`));
  stops.add('PostgreSQL', () => postgres.stop());
  signal.throwIfAborted();
  void postgres.gone?.then(() => {
    if (!signal.aborted) giveUp('the embedded PostgreSQL is gone');
  });
  await migrate(postgres.url, allMigrations);
  signal.throwIfAborted();
  return postgres.url;
}
