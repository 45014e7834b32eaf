import { type PartReport, REFUSALS } from './tally.ts';

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

/** The report for people: a table, then each reason with the first few places, then what else is worth knowing. */
export function formatReport(parts: readonly PartReport[]): string {
  const refusedOf = ({ refused }: PartReport) => refused.reduce((sum, { count }) => sum + count, 0);
  const table = columns([
    ['', 'read', 'imported', 'already there', 'refused'],
    ...parts.map((part) => [part.part, ...[part.read, part.imported, part.alreadyThere, refusedOf(part)].map(String)]),
  ]);
  const details = parts.flatMap(({ part, refused, notes }) => [
    ...refused.map(({ reason, count, examples }) => {
      const places = `${part === 'accounts' ? 'node' : 'line'} ${examples.join(', ')}${count > examples.length ? ', ...' : ''}`;
      return `${part}: ${count} refused because ${REFUSALS[reason]} (${places})`;
    }),
    ...notes.map((note) => `${part}: ${note}`),
  ]);
  return `${[table, ...details].join('\n')}\n`;
}
