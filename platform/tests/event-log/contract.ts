import { describe } from 'vitest';
import { askingContract } from './asking.contract.ts';
import { attentionContract } from './attention.contract.ts';
import { breaksContract } from './breaks.contract.ts';
import { commitsContract } from './commits.contract.ts';
import { deliveryContract } from './delivery.contract.ts';
import { failuresContract } from './failures.contract.ts';
import { firstTimeContract } from './first-time.contract.ts';
import { offsetsContract } from './offsets.contract.ts';
import { orderContract } from './order.contract.ts';
import { type EventLogHarness, EventLogWorld } from './world.ts';

/** What every event log does. */
export function eventLogContract(name: string, harness: EventLogHarness): void {
  describe(`${name} as an event log`, () => {
    const world = new EventLogWorld(harness);
    deliveryContract(world);
    commitsContract(world);
    orderContract(world);
    breaksContract(world);
    failuresContract(world);
    offsetsContract(world);
    askingContract(world);
    attentionContract(world);
    firstTimeContract(world);
  });
}

/** The part of it that depends on what delivers the events: everything arrives, in order, whatever breaks. */
export function deliveringContract(name: string, harness: EventLogHarness): void {
  describe(`${name}, delivering events`, () => {
    const world = new EventLogWorld(harness);
    deliveryContract(world);
    orderContract(world);
    breaksContract(world);
    offsetsContract(world);
  });
}
