/** Somebody puts an account into a list, or takes it out. */
export interface ListAct {
  readonly viewerId: string;
  readonly listId: string;
  readonly userId: string;
}
