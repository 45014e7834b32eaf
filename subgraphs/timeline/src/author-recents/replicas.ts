/** Keys of a shared cache that hold what one author did lately, at most. */
export const MOST_REPLICAS = 8;

/** The key of one replica. Each lies in a bucket of its own, and so most on different nodes of a Cluster. */
export function replicaKey(authorId: string, replica: number): string {
  return `${authorId}.${replica}`;
}

/**
 * Every key under which the author may be cached. Pushes go to all of them, also when readers use fewer: how many they
 * use changes with the author's followers, and a replica that is used again must not have missed anything.
 */
export function allReplicaKeys(authorId: string): string[] {
  return Array.from({ length: MOST_REPLICAS }, (_, replica) => replicaKey(authorId, replica));
}
