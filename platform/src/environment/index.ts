export { type KafkaEnvironment, kafkaEnvironment, kafkaOf, kafkaVariables } from './kafka-environment.ts';
export * from './read-environment.ts';
