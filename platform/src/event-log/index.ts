export * from './event.ts';
export type { Consumer, EventLog, RunningConsumer } from './event-log.ts';
