import type { GraphQLError } from 'graphql';

/** Whether an error is about this place, about something around it, or about something in it. */
export type IsTold = (path: readonly (string | number)[]) => boolean;

interface Place {
  isTold: boolean;
  readonly inside: Map<string | number, Place>;
}

/** What stands in a path for every element of a list. */
const EACH = '@';

function placeIn(around: Place, part: string | number): Place {
  let place = around.inside.get(part);
  if (!place) {
    place = { isTold: false, inside: new Map() };
    around.inside.set(part, place);
  }
  return place;
}

function tells(place: Place, path: readonly (string | number)[], from: number): boolean {
  const part = path[from];
  if (place.isTold || part === undefined) return true;
  const inside = place.inside.get(part);
  if (inside && tells(inside, path, from + 1)) return true;
  const each = typeof part === 'number' ? place.inside.get(EACH) : undefined;
  return each !== undefined && tells(each, path, from + 1);
}

/** The places of which these errors tell. An error without a place may be about any. */
export function toldPlaces(errors: readonly GraphQLError[]): IsTold {
  const root: Place = { isTold: false, inside: new Map() };
  for (const { path } of errors) (path ?? []).reduce(placeIn, root).isTold = true;
  return (path) => tells(root, path, 0);
}
