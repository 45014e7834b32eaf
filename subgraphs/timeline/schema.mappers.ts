/** An account is its id here: whatever else there is to know about it belongs to others. */
export interface UserMapper {
  readonly id: string;
}
