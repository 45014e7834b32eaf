/** An account is its id here: whatever else there is to know about it belongs to others. */
export interface UserMapper {
  readonly id: string;
}

/** A list is its id here: whether the viewer may see it has been asked of its owner before. */
export interface ListMapper {
  readonly id: string;
}
