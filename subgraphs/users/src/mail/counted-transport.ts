import { measureCounts, type Registry } from '@starling/platform/telemetry';
import type { MailTransport } from './mail-transport.ts';

/** Counts what becomes of mails in this process. */
export interface MailCounts {
  /** The transport, whose attempts are counted as those of mails of this kind. */
  counted(kind: 'digest' | 'confirmation', transport: MailTransport): MailTransport;
  measure(registry: Registry): void;
}

export function createMailCounts(): MailCounts {
  const counts = new Map<string, number>();
  return {
    counted: (kind, transport) => ({
      async send(mail) {
        const attempt = await transport.send(mail);
        const key = `${kind} ${attempt.result}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return attempt;
      },
      close: () => transport.close(),
    }),
    measure(registry) {
      measureCounts(registry, {
        name: 'starling_mails_total',
        help: 'Attempts to hand over a mail, by what became of them: sent, later (it may be tried again) or never.',
        labels: ['kind', 'result'],
        read: () => [...counts].map(([key, count]) => [key.split(' '), count] as const),
      });
    },
  };
}
