import { expect, it } from 'vitest';
import { authorRecents, type PulledAuthor, RECENTS_LIFETIME_MS } from '../src/author-recents/author-recents.ts';
import type { RecentEntries } from '../src/author-recents/recent-entries.ts';
import type { RecentsCaches } from '../src/author-recents/recents-caches.ts';
import { MOST_REPLICAS } from '../src/author-recents/replicas.ts';
import { THE_BEGINNING } from '../src/timeline-cache/timeline-cache.ts';

/** What processes have in common: one source, one clock, and what their caches share. */
export interface RecentsUnderTest {
  /** The caches of a process more. */
  open(): Promise<RecentsCaches>;
  readonly isShared: boolean;
  stop(): Promise<void>;
}

/** What is kept of pulled authors does this, wherever it is kept. */
export function authorRecentsContract(openTest: () => Promise<RecentsUnderTest>): void {
  async function withProcesses(work: (test: Awaited<ReturnType<typeof setUp>>) => Promise<void>): Promise<void> {
    const test = await openTest();
    try {
      await work(await setUp(test));
    } finally {
      await test.stop();
    }
  }

  async function setUp({ open, isShared }: RecentsUnderTest) {
    const source = new Map<string, bigint[]>([
      ['1', [3n, 2n, 1n]],
      ['2', [9n]],
    ]);
    const reads: (readonly string[])[] = [];
    const clock = { now: 1_700_000_000_000, random: 0 };
    const between = { sourceAndBuild: async () => {} };
    const readSource = async (authorIds: readonly string[]): Promise<Map<string, RecentEntries>> => {
      reads.push(authorIds);
      const found = authorIds.map((id) => {
        const recent = { ids: BigInt64Array.from(source.get(id) ?? []), completeDownTo: THE_BEGINNING };
        return [id, recent] as const;
      });
      await between.sourceAndBuild();
      return new Map(found);
    };
    const start = async (reader: string) => {
      const caches = await open();
      const recents = authorRecents({
        ...caches,
        readSource,
        reader,
        now: () => clock.now,
        random: () => clock.random,
      });
      const ids = async (id: string, more: Partial<PulledAuthor> = {}) => {
        const [timeline] = await recents.get([{ id, switched: 1n, replicas: 1, ...more }]);
        return [...(timeline?.ids ?? [])];
      };
      return { recents, caches, ids };
    };
    return { source, reads, clock, between, isShared, start };
  }
  const authors = (...ids: string[]): PulledAuthor[] => ids.map((id) => ({ id, switched: 1n, replicas: 1 }));

  it('reads all authors that are not known in one go, once for all who ask at the same moment', () =>
    withProcesses(async ({ start, reads }) => {
      const { recents } = await start('a');
      const answers = await Promise.all([recents.get(authors('1', '2')), recents.get(authors('2', '1'))]);
      expect(answers.map((timelines) => timelines.map(({ ids }) => [...ids]))).toEqual([
        [[3n, 2n, 1n], [9n]],
        [[9n], [3n, 2n, 1n]],
      ]);
      await recents.get(authors('1', '2'));
      expect(reads).toEqual([['1', '2']]);
    }));

  it('has what is pushed, known or under way, and nothing else of whom nobody asked for', () =>
    withProcesses(async ({ start, between, reads }) => {
      const { recents, ids } = await start('a');
      between.sourceAndBuild = () => recents.push([{ authorId: '1', entryIds: [5n] }]);
      expect(await ids('1')).toEqual([5n, 3n, 2n, 1n]);
      between.sourceAndBuild = async () => {};
      await recents.push([
        { authorId: '1', entryIds: [4n] },
        { authorId: '7', entryIds: [8n] },
      ]);
      expect(await ids('1')).toEqual([5n, 4n, 3n, 2n, 1n]);
      expect(await ids('7')).toEqual([]);
      expect(reads).toEqual([['1'], ['7']]);
    }));

  it('does not believe what was kept before the author was switched to pull', () =>
    withProcesses(async ({ start, source, reads }) => {
      const { ids } = await start('a');
      await ids('1');
      source.get('1')?.unshift(4n);
      expect(await ids('1', { switched: 2n })).toEqual([4n, 3n, 2n, 1n]);
      expect(reads).toHaveLength(2);
    }));

  it('is refreshed by one before its time is over, while others go on with what is there', () =>
    withProcesses(async ({ start, source, clock, between, reads }) => {
      const { ids } = await start('a');
      await ids('1');
      source.get('1')?.unshift(4n);
      // Half of the last fifth of its life has passed: every second reader would begin.
      clock.now += RECENTS_LIFETIME_MS * 0.9;
      clock.random = 0.4;
      expect(await ids('1')).toEqual([3n, 2n, 1n]);
      expect(reads).toHaveLength(1);
      let finish = () => {};
      const begun = new Promise<void>((begin) => {
        between.sourceAndBuild = () => {
          begin();
          return new Promise((resolve) => {
            finish = resolve;
          });
        };
      });
      clock.random = 0.6;
      expect(await ids('1')).toEqual([3n, 2n, 1n]);
      await begun;
      expect(await ids('1')).toEqual([3n, 2n, 1n]);
      expect(reads).toHaveLength(2);
      // Whoever cannot use what is there waits for the refresh.
      clock.now += RECENTS_LIFETIME_MS * 0.1;
      const waiting = ids('1');
      finish();
      expect(await waiting).toEqual([4n, 3n, 2n, 1n]);
      expect(reads).toHaveLength(2);
    }));

  it('is read anew when its time is over', () =>
    withProcesses(async ({ start, source, clock, reads }) => {
      const { ids } = await start('a');
      await ids('1');
      source.get('1')?.unshift(4n);
      clock.now += RECENTS_LIFETIME_MS;
      expect(await ids('1')).toEqual([4n, 3n, 2n, 1n]);
      expect(reads).toHaveLength(2);
    }));

  it('tells whoever waits when the source cannot be read, and goes on when it can', () =>
    withProcesses(async ({ start, between }) => {
      const { ids } = await start('a');
      between.sourceAndBuild = () => Promise.reject(new Error('away'));
      await expect(ids('1')).rejects.toThrow('away');
      between.sourceAndBuild = async () => {};
      expect(await ids('1')).toEqual([3n, 2n, 1n]);
    }));

  it('spreads readers over replicas, and pushes reach all of them', () =>
    withProcesses(async ({ start, isShared, reads }) => {
      const processes = [];
      for (let index = 0; index < 12; index++) processes.push(await start(`reader ${index}`));
      const hot = { replicas: MOST_REPLICAS };
      for (const { ids } of processes) expect(await ids('1', hot)).toEqual([3n, 2n, 1n]);
      // Each replica was read from the source once, and several are in use; alone, each process reads for itself.
      if (isShared) expect(reads.length > 1 && reads.length <= MOST_REPLICAS).toBe(true);
      else expect(reads).toHaveLength(12);
      await processes[0]?.recents.push([{ authorId: '1', entryIds: [6n] }]);
      for (const { ids, caches } of processes) {
        await caches.local.clear();
        if (isShared) expect(await ids('1', hot)).toEqual([6n, 3n, 2n, 1n]);
      }
    }));
}
