/** A real engine on this machine, for tests, benches and trying out. */
export interface Engine {
  readonly name: string;
  /** What has to be installed before it can start, as a sentence; undefined when nothing has. */
  missing(): string | undefined;
  /** Starts it on free ports of the loopback address, with everything that it writes in `directory`, and waits until it answers. */
  start(directory: string): Promise<StartedEngine>;
}

export interface StartedEngine {
  /** Environment variables of the product that point it at the engine. */
  readonly urls: Readonly<Record<string, string>>;
  /** Its processes, which go on when the one that started them ends. */
  readonly pids: readonly number[];
  /** How they are asked to end. Default `SIGTERM`. */
  readonly endWith?: 'SIGTERM' | 'SIGKILL';
}
