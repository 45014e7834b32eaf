import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as whoever gets it reads it. */
export interface ReceivedMail {
  readonly to: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** It ends with one line feed, and so does the other. */
  readonly text: string;
  readonly html: string;
  /** As it came. */
  readonly raw: string;
}

/**
 * What a server does with a mail instead of taking it: a status is its answer to the recipient, `hangs up` ends the connection
 * when the mail has come and before it is answered, `takes and hangs up` has kept the mail by then. With a promise it takes the
 * mail, and says so once that is kept.
 */
export type Mood = number | 'hangs up' | 'takes and hangs up' | Promise<void>;

export interface MailServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  /** One for each mail that comes; then it takes them. */
  readonly moods: Mood[];
  close(): Promise<void>;
}

function headersIn(part: string): Record<string, string> {
  const lines = part.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

const splitAtBody = (part: string): [head: string, body: string] => {
  const at = part.indexOf('\r\n\r\n');
  return [part.slice(0, at), part.slice(at + 4)];
};

function decoded(part: string): string {
  const [head, body] = splitAtBody(part);
  const encoding = headersIn(head)['content-transfer-encoding'];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body.replaceAll('\r\n', '\n');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString().replaceAll('\r\n', '\n');
}

/** A mail of two forms, as RFC 5322 and RFC 2046 write it. */
export function readMail(raw: string, to = ''): ReceivedMail {
  const [head, body] = splitAtBody(raw);
  const headers = headersIn(head);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1] ?? '';
  const parts = body.split(`--${boundary}`).map((part) => part.replace(/^\r\n/, ''));
  const ofType = (type: string) => {
    const part = parts.find((one) => headersIn(splitAtBody(one)[0])['content-type']?.startsWith(type));
    return part === undefined ? '' : `${decoded(part).trimEnd()}\n`;
  };
  return { to, headers, text: ofType('text/plain'), html: ofType('text/html'), raw };
}

/** A mail server on this machine. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const moods: Mood[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, callback) {
      const [mood] = moods;
      if (typeof mood !== 'number') return callback();
      moods.shift();
      callback(Object.assign(new Error('Not now, or not here.'), { responseCode: mood }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mood = moods.shift();
        if (mood !== 'hangs up') {
          const to = session.envelope.rcptTo.map(({ address }) => address).join();
          received.push(readMail(Buffer.concat(chunks).toString(), to));
        }
        if (mood === undefined) return callback();
        if (mood instanceof Promise) return void mood.then(() => callback());
        for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy();
      });
    },
  });
  // What a client does to its connection is no fault of the test.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    moods,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
