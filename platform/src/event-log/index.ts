export type { Attention } from './attention.ts';
export { type ConsumerToBe, consumerToBe } from './consumer-to-be.ts';
export * from './event.ts';
export type { Change, CheckedChange, Consumer, EventLog, RunningConsumer } from './event-log.ts';
export { firstTime, firstTimeQuery, notHandled } from './first-time.ts';
export type { KafkaLogin, KafkaServers } from './kafka/client.ts';
export { createKafkaEventLog, type KafkaEventLogOptions } from './kafka/kafka-event-log.ts';
export { RelayRequirementError } from './kafka/relay/requirements.ts';
export { type KeptDeadLetter, type LetterChoice, listDeadLetters, replayDeadLetters } from './kept-dead-letters.ts';
export { type Moment, thisMoment } from './moment.ts';
export { countOutstandingEvents } from './postgres/count-outstanding.ts';
export { keep as keepDeadLetters } from './postgres/dead-letters.ts';
export type { DeadLetter } from './postgres/deliver.ts';
export {
  createPostgresEventLog,
  type PostgresEventLog,
  type PostgresEventLogOptions,
} from './postgres/postgres-event-log.ts';
