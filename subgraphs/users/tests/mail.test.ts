import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, readMail, startMailServer } from '../../../tests/support/mail-server.ts';
import { folderTransport } from '../src/mail/folder-transport.ts';
import type { Mail } from '../src/mail/mail-transport.ts';
import { smtpTransport } from '../src/mail/smtp-transport.ts';

const from = 'hello@starling.example';
const mail = (to = 'ada@mail.example'): Mail => ({
  id: uuidv7(),
  to,
  subject: 'Two things — and more',
  text: `One.\n\n.\n${'A long line. '.repeat(20)}end.\n`,
  html: '<p>One.</p>\n',
  headers: { 'List-Unsubscribe': `<https://starling.example/stop?token=${'x'.repeat(80)}>` },
});

describe('a mail server', () => {
  let server: MailServer;
  // Each test has its own: what one of them gave up may still arrive.
  beforeEach(async () => {
    server = await startMailServer();
  });
  afterEach(() => server.close());

  const sending = async (one: Mail, url = server.url, patienceMs = 30_000) => {
    const transport = smtpTransport({ url, from, patienceMs });
    try {
      return await transport.send(one);
    } finally {
      transport.close();
    }
  };

  it('gets the mail in two forms, with headers that say what it is', async () => {
    const one = mail();
    expect(await sending(one)).toEqual({ result: 'sent' });
    const [got] = server.received;
    expect(got).toMatchObject({ to: one.to, text: one.text, html: one.html });
    expect(got?.headers).toMatchObject({
      from: 'Starling <hello@starling.example>',
      to: one.to,
      subject: expect.stringMatching(/^=\?UTF-8\?/),
      'message-id': `<${one.id}@starling.example>`,
      'auto-submitted': 'auto-generated',
      'mime-version': '1.0',
      'content-type': expect.stringMatching(/^multipart\/alternative/),
    });
    expect(got?.headers['list-unsubscribe']?.replaceAll(' ', '')).toBe(one.headers['List-Unsubscribe']);
    expect(Math.abs(Date.parse(got?.headers.date ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('gets what is sent again under the same Message-ID', async () => {
    const one = mail();
    server.moods.push('takes and hangs up');
    expect(await sending(one)).toMatchObject({ result: 'later' });
    expect(await sending(one)).toEqual({ result: 'sent' });
    expect(server.received.map(({ headers }) => headers['message-id'])).toEqual(
      Array(2).fill(`<${one.id}@starling.example>`),
    );
  });

  it.each([
    [421, 'later', 'ECONNECTION'],
    [451, 'later', 'EENVELOPE'],
    [550, 'never', 'EENVELOPE'],
    [554, 'never', 'EENVELOPE'],
  ] as const)('that answers %i is to be asked %s', async (status, result, code) => {
    server.moods.push(status);
    expect(await sending(mail())).toEqual({ result, why: `The mail server answered ${status}: ${code}.` });
    expect(server.received).toEqual([]);
  });

  it('that hangs up in the middle is asked later', async () => {
    server.moods.push('hangs up');
    expect(await sending(mail())).toMatchObject({ result: 'later', why: expect.stringContaining('not reached') });
  });

  it('that is not there is asked later', async () => {
    expect(await sending(mail(), 'smtp://127.0.0.1:1')).toMatchObject({ result: 'later' });
  });

  it('that never says a word is waited for no longer than told', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const late = { result: 'later', why: 'The mail server took too long.' };
    expect(await sending(mail(), `smtp://127.0.0.1:${port}`, 50)).toEqual(late);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('that takes its time is given nothing later of which it was said that it was not sent', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.moods.push(...Array.from({ length: 5 }, () => answered));
    const transport = smtpTransport({ url: server.url, from, patienceMs: 500 });
    const names = ['one', 'two', 'three', 'four', 'five', 'in-line'];
    const results = await Promise.all(names.map((name) => transport.send(mail(`${name}@mail.example`))));
    expect(results.map(({ result }) => result)).toEqual(names.map(() => 'later'));
    answer();
    // What waited before it has been sent before it.
    await expect.poll(async () => (await transport.send(mail('last@mail.example'))).result).toBe('sent');
    expect(server.received.map(({ to }) => to)).not.toContain('in-line@mail.example');
    transport.close();
  });

  it('without TLS is told no password', async () => {
    const url = server.url.replace('//', '//me:secret@');
    expect(await sending(mail(), url)).toMatchObject({ result: 'later' });
    expect(server.received).toEqual([]);
  });
});

describe('a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'starling-mail-')), 'mail');
  });
  afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }));

  it('holds a file for each mail, for its owner alone, and one for a mail that is sent again', async () => {
    const transport = folderTransport({ folder, from });
    const one = mail();
    for (let time = 0; time < 2; time++) expect(await transport.send(one)).toEqual({ result: 'sent' });
    expect(await readdir(folder)).toEqual([`${one.id}.eml`]);
    const path = join(folder, `${one.id}.eml`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const { headers, text, html } = readMail(await readFile(path, 'utf8'));
    expect(headers).toMatchObject({ to: one.to, 'message-id': `<${one.id}@starling.example>` });
    expect({ text, html }).toEqual({ text: one.text, html: one.html });
  });

  it('keeps the newest', async () => {
    const transport = folderTransport({ folder, from, most: 3 });
    const mails = Array.from({ length: 5 }, () => mail());
    for (const one of mails) await transport.send(one);
    expect((await readdir(folder)).sort()).toEqual(mails.slice(2).map(({ id }) => `${id}.eml`));
  });

  it('that cannot be written is tried later', async () => {
    const transport = folderTransport({ folder: '/dev/null/mail', from });
    expect(await transport.send(mail())).toEqual({ result: 'later', why: 'The mail could not be written: ENOTDIR.' });
  });
});
