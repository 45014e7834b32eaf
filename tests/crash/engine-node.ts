import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '@starling/platform/postgres/embedded';
import { isFreePort, until } from '../../engines/processes.ts';
import { comeback, type Kind, type Victim } from './victim.ts';

/** One process of an engine, which the harness starts again. */
export interface EngineNode extends Victim {
  stop(): Promise<void>;
}

export interface NodeOptions {
  readonly kind: Kind;
  /** Where it listens, again and again. */
  readonly port: number;
  readonly pid: number;
  /** Answers the new process's id. */
  readonly startAgain: () => Promise<number>;
}

export function engineNode({ kind, port, pid: firstPid, startAgain }: NodeOptions): EngineNode {
  const name = kind === 'Kafka' ? `broker ${port}` : `${kind} ${port}`;
  let pid = firstPid;
  const { isDown, begin, back } = comeback();
  return {
    kind,
    name,
    back,
    async strike(downMs) {
      if (isDown()) return undefined;
      const struck = pid;
      process.kill(struck, 'SIGKILL');
      begin(async () => {
        await until(`${name} is gone`, async () => !isAlive(struck));
        await pause(downMs);
        await until(`the port of ${name} is free`, () => isFreePort(port));
        pid = await startAgain();
      });
      return `${name} (${struck})`;
    },
    async stop() {
      await back().catch(() => {});
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      await until(`${name} is gone`, async () => !isAlive(pid));
    },
  };
}

export async function stopNodes(nodes: readonly EngineNode[]): Promise<void> {
  await Promise.all(nodes.map((node) => node.stop()));
}
