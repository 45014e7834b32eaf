import { createHash } from 'node:crypto';

/** A Lua script that the server knows by its hash once it has run there. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

export function script(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}
