/**
 * The beginning of one request, for whom consumers are asked. What is found handled after it is handled for the whole
 * request, whoever of a process asks on its behalf: the question is asked once.
 */
export interface Moment {
  /** Stands for what was found out since the request began, or since it last wrote. */
  readonly since: object;
  /** The request has written something: what was found out before says nothing of that. */
  renew(): void;
}

export function thisMoment(): Moment {
  const moment = {
    since: {},
    renew(): void {
      moment.since = {};
    },
  };
  return moment;
}
