/** Something that no gateway says: the wire is of no use. */
export class WireFault extends Error {}
