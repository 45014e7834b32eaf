/**
 * What of a type's objects is the same for everybody who may see them, whoever asks: as long as the row that an object was
 * resolved to, and the fact, are the same objects in memory, these fields answer the same. Fields without a resolver, of which
 * a row has the value, always do, and so does what is selected of such values. What takes arguments is answered each time.
 */
export interface SameForAll {
  /** Fields with a resolver that looks at nothing but the row. */
  readonly ofRow: readonly string[];
  /** Fields with a resolver that looks at the row and at this fact, and the fact: a row of memory, or a promise of it. */
  readonly ofFact?: { readonly fields: readonly string[]; read(row: never, context: never): unknown };
  /**
   * There, perhaps empty, when a reference resolves to the same whoever asks, somebody signed out too: fields with a resolver that
   * looks at more than the row, and at nothing that depends on who asks. These, those of `ofRow` and those without a resolver may
   * then be asked of an entity for several requests at once.
   */
  readonly ofReference?: readonly string[];
}
