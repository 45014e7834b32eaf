import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';

const AGAIN_MS = 50;
/** A topic that was made just now, or that changes its leader, is answered for a little later. */
const TRY_FOR_MS = 5_000;

/** One connection for questions, which may be asked twice; made when it is first needed and again after it has failed. */
export interface AdminSource {
  use<Answer>(ask: (admin: Admin) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

export function adminSource(kafka: Kafka): AdminSource {
  let current: Promise<Admin> | undefined;
  let closed = false;

  const connect = async (): Promise<Admin> => {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  };

  return {
    async use(ask) {
      const limit = performance.now() + TRY_FOR_MS;
      for (;;) {
        current ??= connect();
        const used = current;
        try {
          return await ask(await used);
        } catch (error) {
          if (current === used) current = undefined;
          void used.then((admin) => admin.disconnect()).catch(() => {});
          if (closed || performance.now() > limit) throw error;
          await pause(AGAIN_MS);
        }
      }
    },
    async close() {
      closed = true;
      // One that never came to be needs no goodbye.
      const admin = await current?.catch(() => undefined);
      current = undefined;
      await admin?.disconnect();
    },
  };
}
