import { openDatabase, platformMigrations } from '@starling/platform/postgres';
import { runOperatorCommand } from '../operator-command.ts';
import { readCommand, runDeadLetters, USAGE } from './run-dead-letters.ts';

process.exitCode = await runOperatorCommand({
  usage: USAGE,
  read: readCommand,
  migrations: [platformMigrations],
  async run(url, command) {
    const database = openDatabase({ url, applicationName: 'starling dead letters', maxConnections: 1 });
    try {
      return await runDeadLetters(database, command);
    } finally {
      await database.close();
    }
  },
});
