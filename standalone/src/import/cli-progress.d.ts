/** The package brings no types of its own; this is the part of it in use. */
declare module 'cli-progress' {
  export interface Bar {
    start(total: number, value: number): void;
    update(value: number): void;
    increment(by: number): void;
    setTotal(total: number): void;
    getTotal(): number;
    stop(): void;
  }

  export const SingleBar: new (options: { stream: NodeJS.WritableStream; format: string; hideCursor: boolean }) => Bar;
}
