import type { MailEnvironment } from '@starling/platform/environment';
import { folderTransport } from './folder-transport.ts';
import type { MailTransport } from './mail-transport.ts';
import { smtpTransport } from './smtp-transport.ts';

/** How this subgraph sends mails. */
export interface MailOptions {
  readonly transport: MailTransport;
  /** Where people reach the product; without it, no mail has a link in it. */
  readonly publicUrl?: string | undefined;
}

/** What the environment says of mails, with the folder that they become files in while it names no server. */
export type MailSettings = MailEnvironment & { readonly MAIL_DIR: string };

export function openMail({ SMTP_URL: url, MAIL_DIR: folder, MAIL_FROM: from, PUBLIC_URL }: MailSettings): MailOptions {
  const transport = url === undefined ? folderTransport({ folder, from }) : smtpTransport({ url, from });
  return { transport, publicUrl: PUBLIC_URL };
}

/** In words, for people; without user and password. */
export function whereMailsGo({ SMTP_URL, MAIL_DIR }: MailSettings): string {
  return SMTP_URL === undefined ? MAIL_DIR : `the mail server ${new URL(SMTP_URL).host}`;
}
