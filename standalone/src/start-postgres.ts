import type { Starting } from '@starling/platform/lifecycle';
import { checkPort } from './check-port.ts';
import type { StandaloneEnvironment } from './environment.ts';
import { obtainPostgres } from './obtain-postgres.ts';

/** The first steps of every shape of the product: its ports are free, its database runs. Answers the database's address. */
export async function startPostgres({
  environment,
  stops,
  signal,
  giveUp,
}: Starting<StandaloneEnvironment>): Promise<string> {
  const { HOST, PORT, METRICS_PORT } = environment;
  await checkPort(HOST, PORT);
  if (METRICS_PORT !== undefined) await checkPort(HOST, METRICS_PORT);

  const postgres = await obtainPostgres(environment, (step) => process.stdout.write(`PostgreSQL: ${step}\n`));
  stops.add('PostgreSQL', () => postgres.stop());
  void postgres.gone?.then(({ message }) => {
    if (!signal.aborted) giveUp(message);
  });
  return postgres.url;
}
