import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print, visit } from 'graphql';
import { ROOT } from '../shared/options.ts';

const folder = join(ROOT, 'schema/operations');
const definitions = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .flatMap((file) => parse(readFileSync(join(folder, file), 'utf8')).definitions);

/** An operation that clients send, with the fragments that it uses. */
export function documentOf(name: string): string {
  const used: (OperationDefinitionNode | FragmentDefinitionNode)[] = [];
  const take = (kind: Kind, wanted: string) => {
    const definition = definitions.find(
      (each): each is OperationDefinitionNode | FragmentDefinitionNode =>
        each.kind === kind && 'name' in each && each.name?.value === wanted,
    );
    if (!definition) throw new Error(`There is no ${wanted} among the operations.`);
    if (used.includes(definition)) return;
    used.push(definition);
    visit(definition, { FragmentSpread: (spread) => take(Kind.FRAGMENT_DEFINITION, spread.name.value) });
  };
  take(Kind.OPERATION_DEFINITION, name);
  return used.map(print).join('\n');
}
