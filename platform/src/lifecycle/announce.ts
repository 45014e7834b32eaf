import { z } from 'zod';

const announcement = z.object({ servesAt: z.string() });

/** Tells the process that started this one, if it listens, that this one serves, and where. */
export function announce(url: string): void {
  process.send?.({ servesAt: url });
}

/** The address in a message of `announce`; undefined for any other message. */
export function announcedUrl(message: unknown): string | undefined {
  return announcement.safeParse(message).data?.servesAt;
}
