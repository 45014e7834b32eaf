import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from '@starling/platform/postgres';

/** Milliseconds of one tick of Linux's process accounting, which is what /proc counts in. */
const TICK_MS = 10;

/** What the parts have used so far. */
export interface Used {
  /** Milliseconds of processor time, by part; absent where there is no /proc. */
  readonly cpuMs: readonly (number | undefined)[];
  /** Sent to PostgreSQL by whomever. */
  readonly statements: number;
}

/** What posting adds, of one stretch or more. */
export interface Cost {
  readonly cpuMs: readonly (number | undefined)[];
  readonly statements: number;
}

interface Stat {
  readonly parent: number;
  readonly cpuMs: number;
}

function statOf(pid: number | string): Stat | undefined {
  try {
    // After the name, which may hold anything: state, parent, ..., time in user mode (12th), time in the kernel (13th).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { parent: Number(fields[1]), cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    // It has ended meanwhile, or this is no Linux.
    return undefined;
  }
}

/** A process and its children that live: of PostgreSQL, whose processes stay as long as their connections do. */
function cpuMsOf(pid: number): number | undefined {
  const own = statOf(pid)?.cpuMs;
  if (own === undefined) return undefined;
  const others = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
  return others.reduce((sum, { parent, cpuMs }) => sum + (parent === pid ? cpuMs : 0), own);
}

/** PostgreSQL has to have been started with `shared_preload_libraries` of `pg_stat_statements`. */
export async function meter(database: Database, pids: readonly number[]): Promise<() => Promise<Used>> {
  await database.pool.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  return async () => {
    const { rows } = await database.pool.query(
      'SELECT coalesce(sum(calls), 0)::float8 AS calls FROM pg_stat_statements',
    );
    return { cpuMs: pids.map(cpuMsOf), statements: rows[0].calls as number };
  };
}

export const difference = (after: Used, before: Used): Used => ({
  cpuMs: after.cpuMs.map((ms, part) => minus(ms, before.cpuMs[part])),
  statements: after.statements - before.statements,
});

/** What one post costs over and above what the same pages cost without. Each list is of stretches of the same length. */
export function costOfOnePost(busy: readonly Used[], quiet: readonly Used[], posts: number): Cost {
  const total = (of: readonly Used[], part: number) =>
    of.reduce<number | undefined>((sum, { cpuMs }) => plus(sum, cpuMs[part]), 0);
  const statements = (of: readonly Used[]) => of.reduce((sum, used) => sum + used.statements, 0);
  const each = (more: number | undefined) => (more === undefined ? undefined : Math.max(0, more / posts));
  return {
    cpuMs: (busy[0]?.cpuMs ?? []).map((_, part) => each(minus(total(busy, part), total(quiet, part)))),
    statements: Math.max(0, (statements(busy) - statements(quiet)) / posts),
  };
}

const minus = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a - b;
const plus = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a + b);
