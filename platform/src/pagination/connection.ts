import { encodeCursor } from './cursor.ts';
import type { PageRequest } from './page-arguments.ts';

export interface Connection<Node, AnEdge = { cursor: string; node: Node }> {
  readonly edges: AnEdge[];
  readonly nodes: Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Rows of a page as a store found them: in the list's own order, and whether the list goes on either way. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * Cuts a page from rows that were read one more than asked for (`limit + 1`, in the direction of reading).
 * The way not read into goes on when the request began at a cursor: something stood there.
 */
export function cutPage<Row>(request: PageRequest<unknown>, found: readonly Row[]): Page<Row> {
  const more = found.length > request.limit;
  const rows = found.slice(0, request.limit);
  return request.direction === 'forward'
    ? { rows, hasNextPage: more, hasPreviousPage: request.after !== undefined }
    : { rows: rows.reverse(), hasNextPage: request.before !== undefined, hasPreviousPage: more };
}

/**
 * An edge whose cursor is made when it is asked for, since each is a digest: of a class, since an object with an accessor of its own
 * is slow to make, and outlives its request: the accessor is made in the old generation. Lists that are read most have a class of
 * their own, which makes what few ask for when it is asked for.
 */
export abstract class Edge {
  readonly #list: string;

  constructor(list: string) {
    this.#list = list;
  }
  get cursor(): string {
    return encodeCursor(this.#list, ...this.cursorParts());
  }
  /** The cursor's parts. */
  protected abstract cursorParts(): readonly string[];
}

class EdgeOfFields<Row> extends Edge {
  readonly #row: Row;
  readonly #position: (row: Row) => readonly string[];

  constructor(list: string, row: Row, position: (row: Row) => readonly string[], fields: object) {
    super(list);
    this.#row = row;
    this.#position = position;
    Object.assign(this, fields);
  }
  protected cursorParts(): readonly string[] {
    return this.#position(this.#row);
  }
}

class PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #edges: readonly { readonly cursor: string }[];

  constructor({ hasNextPage, hasPreviousPage }: Page<unknown>, edges: readonly { readonly cursor: string }[]) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#edges = edges;
  }
  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? null;
  }
  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? null;
  }
}

/** A connection over a page whose edges these are. */
export function connectionOf<Node, AnEdge extends { readonly cursor: string; readonly node: Node }>(
  page: Page<unknown>,
  edges: AnEdge[],
): Connection<AnEdge['node'], AnEdge> {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: new PageInfo(page, edges),
  };
}

/** A connection over a page; `position` gives the cursor's parts, `edge` what an edge holds. */
export function toConnection<Row, Node, Fields extends object>(
  list: string,
  page: Page<Row>,
  position: (row: Row) => readonly string[],
  edge: (row: Row) => Fields & { node: Node },
): Connection<Node, Fields & { cursor: string; node: Node }> {
  const edges = page.rows.map(
    (row) => new EdgeOfFields(list, row, position, edge(row)) as unknown as Fields & { cursor: string; node: Node },
  );
  return connectionOf(page, edges);
}

/**
 * The same page where reading gave up on filling it: the list goes on at `end`, a cursor's parts, whether or not an edge stands
 * there. Undefined: it did not give up.
 */
export function goingOnAt<Found extends Connection<unknown, unknown>>(
  list: string,
  end: readonly string[] | undefined,
  { direction }: PageRequest<unknown>,
  connection: Found,
): Found {
  if (end === undefined) return connection;
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = connection.pageInfo;
  const cursor = encodeCursor(list, ...end);
  const cursors = direction === 'forward' ? { startCursor, endCursor: cursor } : { startCursor: cursor, endCursor };
  return { ...connection, pageInfo: { hasNextPage, hasPreviousPage, ...cursors } };
}
