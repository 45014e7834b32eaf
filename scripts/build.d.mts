/** Builds what has changed since the last time. Ends the process if that fails. */
export function build(): void;
