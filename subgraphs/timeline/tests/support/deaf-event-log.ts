import type { EventLog } from '@starling/platform/event-log';

export interface DeafEventLog extends EventLog {
  /** From now on events of these groups are lost on their way, for ever. */
  lose(...groups: readonly string[]): void;
  loseNothing(): void;
}

/** An event log of which a test decides which consumers it wakes in vain. */
export function deafEventLog(log: EventLog): DeafEventLog {
  const lost = new Set<string>();
  return {
    ...log,
    consume: (consumer) =>
      log.consume({
        ...consumer,
        async handle(events) {
          if (!lost.has(consumer.group)) await consumer.handle(events);
        },
      }),
    lose(...groups) {
      for (const group of groups) lost.add(group);
    },
    loseNothing: () => lost.clear(),
  };
}
