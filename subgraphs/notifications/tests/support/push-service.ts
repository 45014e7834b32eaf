import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A browser's keys and its address at a push service. */
export interface Browser {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  /** What a message says, by RFC 8291 and RFC 8188. */
  decrypt(body: Buffer): unknown;
}

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface PushService {
  readonly received: Received[];
  /** Answers with these statuses, one after the other, and then with 201. */
  readonly statuses: number[];
  newBrowser(): Browser;
  close(): Promise<void>;
}

const TAG = 16;

function decryptWith(ecdh: ReturnType<typeof createECDH>, auth: Buffer, body: Buffer): unknown {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const info = (text: string, ...more: readonly Buffer[]) => Buffer.concat([Buffer.from(`${text}\0`), ...more]);
  const derive = (secret: Buffer, from: Buffer, about: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, from, about, length));
  const shared = derive(ecdh.computeSecret(senderKey), auth, info('WebPush: info', ecdh.getPublicKey(), senderKey), 32);
  const key = derive(shared, salt, info('Content-Encoding: aes128gcm'), 16);
  const nonce = derive(shared, salt, info('Content-Encoding: nonce'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-TAG));
  const text = Buffer.concat([decipher.update(record.subarray(0, -TAG)), decipher.final()]);
  // The last record ends with a delimiter, and perhaps padding behind it.
  return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString());
}

/** A push service on this machine. */
export async function startPushService(): Promise<PushService> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const status = statuses.shift() ?? 201;
      if (status === 201) {
        received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      }
      response.writeHead(status).end('An answer that nobody reads.');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    statuses,
    newBrowser() {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      return {
        endpoint: `http://127.0.0.1:${port}/push/${randomBytes(8).toString('hex')}`,
        p256dh: ecdh.getPublicKey('base64url'),
        auth: auth.toString('base64url'),
        decrypt: (body) => decryptWith(ecdh, auth, body),
      };
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
