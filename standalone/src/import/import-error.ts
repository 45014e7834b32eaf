/** Something that the person who imports can mend: its message is all that is shown, and the exit code is 1. */
export class ImportError extends Error {
  override name = 'ImportError';
}
