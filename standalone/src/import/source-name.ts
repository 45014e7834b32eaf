import { basename } from 'node:path';

/** The name under which a file's posts are known: its own, without folder and without `.gz`, `.ndjson` and the like. */
export function sourceName(path: string): string {
  return basename(path).replace(/(\.(gz|ndjson|jsonl|json|txt))+$/i, '');
}
