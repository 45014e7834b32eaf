import { resolve } from 'node:path';
import { z } from 'zod';

const smtpUrl = z.string().refine((text) => /^smtps?:\/\/[^/?#]/.test(text) && URL.canParse(text), {
  error: 'must be an address such as smtp://user:password@host:587 or smtps://user:password@host',
});

const sender = z.string().regex(/^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+$/, {
  error: 'must be an email address such as notifications@example.org',
});

/** Where people reach the product, without a slash at the end. */
const publicUrl = z
  .string()
  .refine((text) => /^https?:\/\/[^/?#]+[^?#]*$/.test(text) && URL.canParse(text), {
    error: 'must be an address such as https://starling.example.org',
  })
  .transform((text) => text.replace(/\/+$/, ''));

/** The variables of mail, for whoever sends it. */
export const mailEnvironment = {
  /** The server that takes mails; without it they become files. */
  SMTP_URL: smtpUrl.optional(),
  /** The folder of the files. */
  MAIL_DIR: z
    .string()
    .transform((folder) => resolve(folder))
    .optional(),
  MAIL_FROM: sender.default('notifications@starling.invalid'),
  PUBLIC_URL: publicUrl.optional(),
};

export type MailEnvironment = z.output<z.ZodObject<typeof mailEnvironment>>;

/** The same variables, for a process of the product that is started by this one. */
export function mailVariables({ SMTP_URL, MAIL_DIR, MAIL_FROM, PUBLIC_URL }: MailEnvironment): Record<string, string> {
  return {
    MAIL_FROM,
    ...(SMTP_URL !== undefined && { SMTP_URL }),
    ...(MAIL_DIR !== undefined && { MAIL_DIR }),
    ...(PUBLIC_URL !== undefined && { PUBLIC_URL }),
  };
}
