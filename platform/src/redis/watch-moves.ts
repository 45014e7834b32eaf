import type { Cluster } from 'ioredis';

/**
 * Calls back when a command finds that its slot has another master, before it is sent to that one and anything is read
 * there. The client itself tells of it only once it has read the whole table of slots anew. While a connection comes up,
 * the client sends a command to any node, which names the master that is known: that is no news.
 */
export function watchMoves(cluster: Cluster, onMoved: () => void): void {
  const handleError = cluster.handleError.bind(cluster);
  cluster.handleError = (error, ttl, handlers) => {
    const [, slot, master] = /^MOVED (\d+) (\S+)/.exec(error.message) ?? [];
    if (slot !== undefined && cluster.slots[Number(slot)]?.[0] !== master) onMoved();
    handleError(error, ttl, handlers);
  };
}
