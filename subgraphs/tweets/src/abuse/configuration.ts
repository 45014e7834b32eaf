import { onOrOff } from '@starling/platform/environment';
import { z } from 'zod';
import { type AbuseRules, DEFAULT_RULES, MOST_COUNTED, scaled } from './rules.ts';

export { type AbuseRules, DEFAULT_RULES, scaled } from './rules.ts';

const DAY_SECONDS = 86_400;

const limit = z.int().min(1).max(MOST_COUNTED);

const change = z.strictObject({
  windowSeconds: z.int().min(1).max(DAY_SECONDS).optional(),
  young: limit.optional(),
  established: limit.optional(),
  verdict: z.enum(['throttle', 'hold']).optional(),
});

const changes = z.strictObject({
  youngDays: z.number().min(0).max(3_650).optional(),
  rules: z
    .strictObject(Object.fromEntries(DEFAULT_RULES.rules.map(({ name }) => [name, change.optional()])))
    .optional(),
});

function changed({ youngDays, rules = {} }: z.output<typeof changes>): AbuseRules {
  return {
    youngMs: youngDays === undefined ? DEFAULT_RULES.youngMs : youngDays * DAY_SECONDS * 1_000,
    rules: DEFAULT_RULES.rules.map((rule) => {
      const { windowSeconds, young, established, verdict } = rules[rule.name] ?? {};
      return {
        ...rule,
        windowMs: windowSeconds === undefined ? rule.windowMs : windowSeconds * 1_000,
        young: young ?? rule.young,
        established: established ?? rule.established,
        verdict: verdict ?? rule.verdict,
      };
    }),
  };
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'this is no JSON' });
    return z.NEVER;
  }
});
const changesAsText = json.pipe(changes);

/** Changes of the table of rules as JSON. Text: processes that are started with it read it again. */
const abuseRules = z.string().superRefine((text, context) => {
  for (const { path, message } of changesAsText.safeParse(text).error?.issues ?? []) {
    const why = [...path.map(String).slice(-2), message].join(' ');
    context.addIssue({ code: 'custom', message: `must be JSON that changes the table of rules: ${why}` });
  }
});

const scale = z
  .string()
  .transform(Number)
  .refine((factor) => factor > 0 && factor <= 1_000_000, { error: 'must be a number above 0, 1000000 at most' });

/** The variables of the abuse check. */
export const abuseEnvironment = {
  ABUSE_CHECK: onOrOff.default(true),
  ABUSE_RULES: abuseRules.optional(),
  RATE_LIMIT_SCALE: scale.default(1),
};

export type AbuseEnvironment = z.output<z.ZodObject<typeof abuseEnvironment>>;

/** The rules that the environment sets; `off` when there shall be none. */
export function abuseRulesOf(environment: AbuseEnvironment): AbuseRules | 'off' {
  const { ABUSE_CHECK, ABUSE_RULES = '{}', RATE_LIMIT_SCALE } = environment;
  return ABUSE_CHECK ? scaled(changed(changesAsText.parse(ABUSE_RULES)), RATE_LIMIT_SCALE) : 'off';
}

/** The same variables as text, for a process that is started with them. */
export function abuseVariables({ ABUSE_CHECK, ABUSE_RULES, RATE_LIMIT_SCALE }: AbuseEnvironment) {
  return {
    ABUSE_CHECK: ABUSE_CHECK ? 'on' : 'off',
    RATE_LIMIT_SCALE: String(RATE_LIMIT_SCALE),
    ...(ABUSE_RULES === undefined ? {} : { ABUSE_RULES }),
  };
}
