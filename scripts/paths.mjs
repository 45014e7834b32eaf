import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** A folder for notes about what has been done already; it goes with the installed packages. */
export const NOTES = `${ROOT}/node_modules/.cache/starling`;
