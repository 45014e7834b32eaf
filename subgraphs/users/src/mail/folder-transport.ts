import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { composed } from './compose.ts';
import type { MailTransport } from './mail-transport.ts';

export interface FolderOptions {
  readonly folder: string;
  readonly from: string;
  /** Files that are kept; the oldest go. 1,000 when not given. */
  readonly most?: number;
}

/** Mails become files that mail programs open, for its owner's eyes alone. Names begin with the time, so they sort by it. */
export function folderTransport({ folder, from, most = 1_000 }: FolderOptions): MailTransport {
  const mailer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  async function removeOldest(): Promise<void> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
    const surplus = names.slice(0, Math.max(0, names.length - most));
    await Promise.all(surplus.map((name) => rm(join(folder, name), { force: true })));
  }

  return {
    async send(mail) {
      try {
        const { message } = await mailer.sendMail(composed(mail, from));
        const path = join(folder, `${mail.id}.eml`);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        // Whoever reads the folder finds whole mails only.
        await writeFile(`${path}.part`, message, { mode: 0o600 });
        await rename(`${path}.part`, path);
        await removeOldest();
        return { result: 'sent' };
      } catch (error) {
        const { code = 'UNKNOWN' } = error as NodeJS.ErrnoException;
        return { result: 'later', why: `The mail could not be written: ${code}.` };
      }
    },
    close() {
      mailer.close();
    },
  };
}
