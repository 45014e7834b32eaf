import { createNotifications } from '@starling/notifications';
import type { EventLog } from '@starling/platform/event-log';
import type { Subgraph } from '@starling/platform/graphql';
import type { StopList } from '@starling/platform/lifecycle';
import { openParts } from '@starling/platform/parts';
import { type Database, migrate } from '@starling/platform/postgres';
import type { Logger } from '@starling/platform/telemetry';
import { createSocialGraph } from '@starling/social-graph';
import { createTimeline } from '@starling/timeline';
import { createTweets } from '@starling/tweets';
import { createUsers } from '@starling/users';
import { allMigrations } from '../migrations.ts';

/** The product's data with the consumers that keep it whole, without its door. */
export interface OpenProduct {
  readonly database: Database;
  readonly eventLog: EventLog;
  readonly timeline: Subgraph;
}

/**
 * Brings a database up to date and runs the subgraphs' consumers in this process. When the product runs on the database,
 * too, the two share the work.
 */
export async function openProduct(url: string, logger: Logger, stops: StopList): Promise<OpenProduct> {
  await migrate(url, allMigrations);
  const parts = await openParts({ url, name: 'starling import', alone: false, logger, stops });
  const timeline = createTimeline(parts);
  const others = [createUsers(parts), createTweets(parts), createSocialGraph(parts), createNotifications(parts)];
  for (const subgraph of [...others, timeline]) {
    stops.add(subgraph.name, () => subgraph.stop());
    await subgraph.start();
  }
  return { database: parts.database, eventLog: parts.eventLog, timeline };
}
