import { expect, test } from 'vitest';
import { answerForm } from './media-types.ts';

const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

test.each([
  ['*/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['APPLICATION/JSON', JSON_TYPE],
  ['application/graphql-response+json', RESPONSE_TYPE],
  ['application/graphql-response+json, application/json', RESPONSE_TYPE],
  ['application/json, application/graphql-response+json', JSON_TYPE],
  ['application/graphql-response+json,application/json;q=0.9', RESPONSE_TYPE],
  ['application/graphql-response+json;q=0.5, application/json;q=0.9', JSON_TYPE],
  ['application/json;q=0, */*', RESPONSE_TYPE],
  ['application/graphql-response+json;q=0,*/*;q=0.1', JSON_TYPE],
  ['application/*, text/html', JSON_TYPE],
  ['application/json;q=0.3, application/*;q=0.5', RESPONSE_TYPE],
  ['application/json, text/plain, */*', JSON_TYPE],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', JSON_TYPE],
  ['image/png', undefined],
  ['text/*', undefined],
])('%s gets %s', (accept, mediaType) => {
  expect(answerForm(accept)?.mediaType).toBe(mediaType);
});

test('without a wish it is JSON, and what is doubtful is not decided here', () => {
  expect(answerForm(undefined)).toEqual({ mediaType: 'application/json', namesJson: false });
  expect(answerForm('')).toEqual({ mediaType: 'application/json', namesJson: false });
  for (const accept of [
    'application/json; charset=utf-8',
    'json',
    'application/json;q=2',
    ',',
    `${'a/b,'.repeat(200)}*/*`,
  ]) {
    expect(answerForm(accept)).toBeUndefined();
  }
});

test('whether JSON was asked for by name is told', () => {
  expect(answerForm('application/json')?.namesJson).toBe(true);
  expect(answerForm('application/json, text/plain, */*')?.namesJson).toBe(true);
  expect(answerForm('*/*')?.namesJson).toBe(false);
  expect(answerForm('application/graphql-response+json, application/json;q=0.9')?.namesJson).toBe(false);
});
