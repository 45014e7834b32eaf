export { type KafkaEnvironment, kafkaEnvironment, kafkaOf, kafkaVariables } from './kafka-environment.ts';
export { type MailEnvironment, mailEnvironment, mailVariables } from './mail-environment.ts';
export * from './read-environment.ts';
export { withoutPassword } from './without-password.ts';
