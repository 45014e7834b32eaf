import { readEnvironment } from '@starling/platform/environment';
import { makeSnowflake } from '@starling/platform/snowflake';
import { expect, test } from 'vitest';
import { abuseEnvironment, abuseRulesOf, abuseVariables } from './configuration.ts';
import { type AbuseRules, DEFAULT_RULES, limitsBy, remembered, scaled } from './rules.ts';

const read = (variables: Record<string, string>) => readEnvironment(abuseEnvironment, variables);
const rulesFrom = (variables: Record<string, string>) => abuseRulesOf(read(variables)) as AbuseRules;
const ruleOf = ({ rules }: AbuseRules, name: string) => rules.find((rule) => rule.name === name);

test('without variables the table holds as it is', () => {
  expect(rulesFrom({})).toEqual(DEFAULT_RULES);
  expect(abuseRulesOf(read({ ABUSE_CHECK: 'off' }))).toBe('off');
});

test('JSON changes single thresholds, and leaves the rest', () => {
  const text =
    '{"youngDays": 2, "rules": {"links": {"young": 1, "verdict": "hold"}, "mentions": {"windowSeconds": 30}}}';
  const rules = rulesFrom({ ABUSE_RULES: text });
  expect(rules.youngMs).toBe(2 * 86_400_000);
  expect(ruleOf(rules, 'links')).toMatchObject({ young: 1, established: 20, verdict: 'hold', windowMs: 600_000 });
  expect(ruleOf(rules, 'mentions')).toMatchObject({ windowMs: 30_000, young: 15 });
  expect(ruleOf(rules, 'same-text')).toEqual(ruleOf(DEFAULT_RULES, 'same-text'));
});

test('a process that is started with the variables has the same rules', () => {
  const variables = { ABUSE_RULES: '{"rules": {"links": {"young": 1}}}', RATE_LIMIT_SCALE: '2.5' };
  expect(abuseRulesOf(read(abuseVariables(read(variables))))).toEqual(rulesFrom(variables));
  expect(abuseRulesOf(read(abuseVariables(read({ ABUSE_CHECK: 'off' }))))).toBe('off');
});

test.each([
  ['ABUSE_RULES', 'links: 3', /ABUSE_RULES must be JSON .*no JSON/],
  ['ABUSE_RULES', '[]', /ABUSE_RULES must be JSON/],
  ['ABUSE_RULES', '{"rules": {"link": {}}}', /ABUSE_RULES must be JSON .*link/],
  ['ABUSE_RULES', '{"rules": {"links": {"young": 0}}}', /ABUSE_RULES must be JSON .*links young/],
  ['ABUSE_RULES', '{"rules": {"links": {"young": 1001}}}', /ABUSE_RULES must be JSON .*links young/],
  ['ABUSE_RULES', '{"rules": {"links": {"verdict": "ignore"}}}', /ABUSE_RULES must be JSON .*verdict/],
  ['ABUSE_RULES', '{"rules": {"links": {"windowSeconds": 90000}}}', /ABUSE_RULES must be JSON .*windowSeconds/],
  ['RATE_LIMIT_SCALE', '0', /RATE_LIMIT_SCALE must be a number above 0/],
  ['RATE_LIMIT_SCALE', 'much', /RATE_LIMIT_SCALE must be a number above 0/],
  ['ABUSE_CHECK', 'perhaps', /ABUSE_CHECK must be on or off/],
])('%s=%s is refused by its name', (name, value, message) => {
  expect(() => read({ [name]: value })).toThrow(message);
});

test('a scale multiplies every limit, and never makes one less than one', () => {
  expect(ruleOf(rulesFrom({ RATE_LIMIT_SCALE: '3' }), 'links')).toMatchObject({ young: 30, established: 60 });
  expect(ruleOf(rulesFrom({ RATE_LIMIT_SCALE: '0.01' }), 'links')).toMatchObject({ young: 1, established: 1 });
});

test('an account is young for seven days, by its id', () => {
  const now = Date.UTC(2026, 0, 31);
  const authorOf = (days: number) =>
    makeSnowflake({ ms: now - days * 86_400_000, kind: 'user', writer: 1, sequence: 1 });
  const links = (authorId: string) => limitsBy(DEFAULT_RULES)(authorId, now).find(({ name }) => name === 'links')?.most;
  expect([6.9, 7, 300].map((days) => links(authorOf(days)))).toEqual([10, 20, 20]);
});

test('what is remembered is enough for every limit, and never more than a thousand posts', () => {
  expect(remembered(DEFAULT_RULES)).toEqual({ posts: 300, ms: 86_400_000 });
  expect(remembered(scaled(DEFAULT_RULES, 2)).posts).toBe(600);
  expect(remembered(scaled(DEFAULT_RULES, 5)).posts).toBe(1_000);
  expect(limitsBy(scaled(DEFAULT_RULES, 5))('1', Date.now()).map(({ name }) => name)).not.toContain('posts-per-hour');
  expect(limitsBy(scaled(DEFAULT_RULES, 1_000))('1', Date.now())).toEqual([]);
});
