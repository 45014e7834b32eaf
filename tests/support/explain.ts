import type { Queryable } from '@starling/platform/postgres';
import type { PoolClient } from 'pg';

export type PlanMode = 'force_custom_plan' | 'force_generic_plan';

interface Plan {
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  return Array.isArray(value) ? `'{${value.join(',')}}'` : `'${value}'`;
}

/**
 * Runs statements as PostgreSQL plans them with or without a look at the values, and tells how many blocks of tables and
 * indexes each touched (`touched`), cached or not. Answers no rows.
 */
export function explaining(client: PoolClient, mode: PlanMode, touched: (blocks: number) => void): Queryable {
  return {
    async query({ name, text }, values = []) {
      await client.query(`SET plan_cache_mode = ${mode}`);
      await client.query(`PREPARE "${name}" AS ${text}`);
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE "${name}"(${values.map(literal).join(', ')})`,
      );
      await client.query('DEALLOCATE ALL; RESET plan_cache_mode');
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
      if (!plan) throw new Error('no plan');
      touched(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
      return [];
    },
  };
}
