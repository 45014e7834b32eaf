import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
/** In UTC the first and the last hours that RFC 3339 can write may be of years that have no four digits. */
const [EARLIEST, LATEST] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** `Date` takes the 30th of February for the second of March. */
const isInCalendar = (day: string) => {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
};

function toDate(text: string): Date | undefined {
  const [, day] = RFC_3339.exec(text) ?? [];
  if (day === undefined || !isInCalendar(day)) return undefined;
  const date = new Date(text);
  return date.getTime() >= EARLIEST && date.getTime() <= LATEST ? date : undefined;
}

function parseDateTime(value: unknown): Date {
  const date = typeof value === 'string' ? toDate(value) : undefined;
  if (!date) {
    throw new GraphQLError('A DateTime is RFC 3339 text such as "2026-01-31T12:00:00.000Z".', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  return date;
}

/** Milliseconds in UTC, as RFC 3339 text. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value : new Date(value as string | number)).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function parseUrl(value: unknown): string {
  if (typeof value === 'string' && value.length <= 2_048 && URL_SHAPE.test(value) && globalThis.URL.canParse(value)) {
    return value;
  }
  throw new GraphQLError('A URL is an absolute http or https address of at most 2,048 characters.', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const URL_SHAPE = /^https?:\/\/[^\s\u0000-\u001f\u007f]+$/i;

/** An absolute http or https address, kept as it was written. */
export const URL = new GraphQLScalarType<string, string>({
  name: 'URL',
  serialize: String,
  parseValue: parseUrl,
  parseLiteral: (node) => parseUrl(node.kind === Kind.STRING ? node.value : undefined),
});
