import { type Database, statement } from '@starling/platform/postgres';
import webPush from 'web-push';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const getStatement = statement(
  'notifications.getPushKeys',
  'SELECT public_key AS "publicKey", private_key AS "privateKey" FROM notifications.push_keys',
);

const keepStatement = statement(
  'notifications.keepPushKeys',
  'INSERT INTO notifications.push_keys (public_key, private_key) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);

/** The system's keys, made at the first start; of processes that start at once all get the same. */
export async function obtainPushKeys(database: Database): Promise<PushKeys> {
  for (;;) {
    const [keys] = await database.query<PushKeys>(getStatement);
    if (keys) return keys;
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    await database.query(keepStatement, [publicKey, privateKey]);
  }
}
