/** The package brings no types of its own; this is the part of it in use. */
declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  export interface CopyFromStream extends Writable, Submittable {
    /** Rows that the server took, once finished. */
    readonly rowCount: number;
  }

  export function from(sql: string): CopyFromStream;
}
