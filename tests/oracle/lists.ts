import { Engagement } from './engagement.ts';

/** A list of accounts that somebody has made. */
export interface ModelList {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  /** Nobody but its owner sees it. */
  readonly isPrivate: boolean;
  /** With the place in the order of things of when each was added. */
  readonly members: ReadonlyMap<string, number>;
}

/** Lists of accounts, and what is seen of them. */
export class Lists extends Engagement {
  /** In the order in which they were made. */
  private readonly lists = new Map<string, ModelList>();
  /** Names of lists that may be there twice: made by an attempt whose answer was lost, and once more. */
  private readonly doubtful = new Set<string>();
  private listsMade = 0;

  // What people do. Each answers whether it is allowed; when not, nothing changes.

  /** `isDoubtful`: whoever made it had asked for it before, and does not know what came of that. */
  createList(owner: string, list: Pick<ModelList, 'id' | 'name' | 'isPrivate'>, isDoubtful: boolean): void {
    this.listsMade += 1;
    this.lists.set(list.id, { ...list, owner, members: new Map() });
    if (isDoubtful) this.doubtful.add(list.name);
  }

  updateList(viewer: string, id: string, changes: Partial<Pick<ModelList, 'name' | 'isPrivate'>>): boolean {
    return this.change(viewer, id, (list) => ({ ...list, ...changes }));
  }

  deleteList(viewer: string, id: string): boolean {
    return this.lists.get(id)?.owner === viewer && this.lists.delete(id);
  }

  addMember(viewer: string, id: string, user: string): boolean {
    if (this.blocked(viewer, user)) return false;
    return this.change(viewer, id, (list) => {
      if (list.members.has(user)) return list;
      return { ...list, members: new Map([...list.members, [user, this.clock++]]) };
    });
  }

  removeMember(viewer: string, id: string, user: string): boolean {
    return this.change(viewer, id, (list) => without(list, user));
  }

  /** Takes either out of the other's lists. */
  override block(viewer: string, user: string): boolean {
    if (!super.block(viewer, user)) return false;
    for (const { id, owner } of this.lists.values()) {
      if (owner === viewer) this.change(viewer, id, (list) => without(list, user));
      if (owner === user) this.change(user, id, (list) => without(list, viewer));
    }
    return true;
  }

  private change(viewer: string, id: string, to: (list: ModelList) => ModelList): boolean {
    const list = this.lists.get(id);
    if (list?.owner !== viewer) return false;
    this.lists.set(id, to(list));
    return true;
  }

  // What people see.

  /** A name that no list had before. */
  nextListName(word: string): string {
    return `${word} ${this.listsMade + 1}`;
  }

  allLists(): ModelList[] {
    return [...this.lists.values()];
  }

  /** Nobody knows whether it is there, nor would anybody miss it. */
  isStray({ id, name }: Pick<ModelList, 'id' | 'name'>): boolean {
    return this.doubtful.has(name) && !this.lists.has(id);
  }

  seesList(viewer: string, { owner, isPrivate }: ModelList): boolean {
    return owner === viewer || (!isPrivate && !this.isShutOut(viewer, owner));
  }

  /** The lists that the account has made, made last first. */
  listsOf(viewer: string, owner: string): ModelList[] {
    return [...this.lists.values()].filter((list) => list.owner === owner && this.seesList(viewer, list)).reverse();
  }

  /** Who is in a list, added last first. */
  membersOf(viewer: string, { members }: ModelList): string[] {
    return [...members]
      .filter(([user]) => !this.blocked(viewer, user))
      .sort(([, a], [, b]) => b - a)
      .map(([user]) => user);
  }

  /** What its members have written, newest first; of answers those to themselves and to each other. */
  timelineOf(viewer: string, { members }: ModelList): string[] {
    const isIn = ({ author, replyTo }: { author: string; replyTo: string | null }) => {
      const answered = replyTo === null ? null : this.authorOf(replyTo);
      return members.has(author) && (answered === null || answered === author || members.has(answered));
    };
    return [...this.tweets.values()]
      .filter((tweet) => isIn(tweet) && this.sees(viewer, tweet.id))
      .sort((a, b) => this.placeOf(b.id) - this.placeOf(a.id))
      .map(({ id }) => id);
  }
}

function without(list: ModelList, user: string): ModelList {
  return { ...list, members: new Map([...list.members].filter(([member]) => member !== user)) };
}
