import type { Person } from './client.ts';

/** What the product answers, by the name of what is asked: `followers of 7`, `blockedUsers`, `user 7`. */
export type Answers = Readonly<Record<string, unknown>>;

/** Somebody to whom the product answers what a test makes up, each list on one page. */
export function madeUpReader(id: string, answers: Answers): Person {
  const answer = (name: string) => {
    if (!(name in answers)) throw new Error(`Nobody has made up what ${name} is.`);
    return answers[name];
  };
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  return {
    id,
    username: `user${id}`,
    async ask<Data>(document: string, variables: { readonly id?: string } = {}) {
      const of = variables.id === undefined ? '' : ` of ${variables.id}`;
      const lists = [...document.matchAll(/(\w+): (\w+)\((?:first|last): \S+ \S+ \S+(?: filter: (\w+))?/g)];
      if (lists.length > 0) {
        const pages = Object.fromEntries(
          lists.map(([, name, field, tab]) => [name, { edges: answer(`${tab ?? field}${of}`), pageInfo }]),
        );
        return (of === '' ? pages : { thing: pages }) as Data;
      }
      const [, asked = ''] = /\{ (\w+)/.exec(document) ?? [];
      return { [asked]: answer(variables.id === undefined ? asked : `${asked} ${variables.id}`) } as Data;
    },
  };
}

export const edgesOf = (ids: readonly string[]) => ids.map((id) => ({ node: { id } }));

/** As a list of ids may be wrong: something is missing, stands elsewhere, or should not be there. */
export function wrongs(ids: readonly string[]): string[][] {
  return [
    ...(ids.length > 0 ? [ids.slice(1)] : []),
    ...(ids.length > 1 ? [ids.toReversed()] : []),
    [...ids, '999'],
    ...ids.map((id) => [...ids, id]),
  ];
}

export const passes = (comparison: Promise<void>): Promise<boolean> =>
  comparison.then(
    () => true,
    () => false,
  );
