import type { Cluster } from 'ioredis';

/**
 * Calls back when a command finds that its slot has another master, before it is sent to that one and anything is read
 * there. The client itself tells of it only once it has read the whole table of slots anew.
 */
export function watchMoves(cluster: Cluster, onMoved: () => void): void {
  const handleError = cluster.handleError.bind(cluster);
  cluster.handleError = (error, ttl, handlers) => {
    if (error.message.startsWith('MOVED ')) onMoved();
    handleError(error, ttl, handlers);
  };
}
