import type { Dictionary } from '../compiled/run.ts';

/** Of a representation that says of its entity, beside the type, one text: the name of that field. */
function onlyKeyOf(representation: Dictionary): string | undefined {
  let only: string | undefined;
  for (const name in representation) {
    if (name === '__typename') continue;
    if (only !== undefined || typeof representation[name] !== 'string') return undefined;
    only = name;
  }
  return only;
}

function innerOf<Inner>(maps: Map<unknown, Map<unknown, Inner>>, key: unknown): Map<unknown, Inner> {
  let inner = maps.get(key);
  if (!inner) {
    inner = new Map();
    maps.set(key, inner);
  }
  return inner;
}

/** Representations that differ, each with its place among them. */
export class EntityPlaces {
  readonly representations: Dictionary[] = [];
  /** By type, name and text of the only key, as most are: to write each as a text takes longer than to ask for it. */
  readonly #byType = new Map<unknown, Map<unknown, Map<unknown, number>>>();
  /** Others, by all that they say. */
  readonly #byText = new Map<unknown, number>();

  /** The place of what says the same, which is a new one if nothing does. */
  of(representation: Dictionary): number {
    const key = onlyKeyOf(representation);
    if (key === undefined) return this.#in(this.#byText, JSON.stringify(representation), representation);
    const ofKey = innerOf(innerOf(this.#byType, representation.__typename), key);
    return this.#in(ofKey, representation[key], representation);
  }

  #in(places: Map<unknown, number>, name: unknown, representation: Dictionary): number {
    const known = places.get(name);
    if (known !== undefined) return known;
    const place = this.representations.push(representation) - 1;
    places.set(name, place);
    return place;
  }
}
