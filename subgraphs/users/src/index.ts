export { getAccountIdsByUsernames } from './account-store.ts';
export * from './bulk-accounts.ts';
export * from './events.ts';
export type { Attempt, Mail, MailTransport } from './mail/mail-transport.ts';
export { type MailOptions, type MailSettings, openMail, whereMailsGo } from './mail/open-mail.ts';
export { migrations } from './migrations.ts';
export { type Argon2Cost, hashPassword } from './passwords.ts';
export { createUsers, type UsersOptions, type UsersSubgraph } from './subgraph.ts';
