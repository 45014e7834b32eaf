import { readdir, readFile, readlink } from 'node:fs/promises';

// The session that holds the lock by which one process of all relays.
const HOLDER = `SELECT client_port AS port FROM pg_stat_activity JOIN pg_locks USING (pid)
  WHERE datname = current_database() AND application_name = 'starling event log relay lock' AND locktype = 'advisory' AND granted`;

/** The process that relays at this moment, found by the local port of its session; undefined when nobody does. */
export async function relayHolder(
  query: <Row extends object>(text: string) => Promise<Row[]>,
): Promise<number | undefined> {
  const [row] = await query<{ port: number }>(HOLDER);
  if (!row) return undefined;
  const inode = inodeOf(await readFile('/proc/net/tcp', 'utf8'), row.port);
  return inode === undefined ? undefined : ownerOf(`socket:[${inode}]`);
}

/** Of the socket whose own port this is, from the kernel's table: addresses are hexadecimal, the inode is the tenth word. */
function inodeOf(table: string, port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const words = table.split('\n').map((line) => line.trim().split(/\s+/));
  return words.find(([, local]) => local?.endsWith(suffix))?.[9];
}

async function ownerOf(socket: string): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (target === socket) return Number(pid);
    }
  }
  return undefined;
}
