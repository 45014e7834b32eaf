/** Work that is to be done once for everybody, by the clock or when woken, whoever is asked for what. */
export interface Background {
  /** Begins it, in processes that do such work; who began it stops it, begun or not. */
  begin(work: { start(): void }): void;
}

export const backgroundHere: Background = { begin: (work) => work.start() };

/** Workers do it (docs/adr/0025). */
export const backgroundElsewhere: Background = { begin() {} };
