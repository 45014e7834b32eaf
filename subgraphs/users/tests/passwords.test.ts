import { expect, test, vi } from 'vitest';
import { bounded } from '../src/bounded.ts';
import { createPasswords, DEFAULT_COST, hashPassword } from '../src/passwords.ts';

const CHEAP = { memoryKiB: 8, passes: 1, lanes: 1 };
const { verify } = vi.hoisted(() => ({ verify: vi.fn() }));

vi.mock('@node-rs/argon2', async (importActual) => {
  const actual = await importActual<typeof import('@node-rs/argon2')>();
  return { ...actual, verify: verify.mockImplementation(actual.verify) };
});

test("a hash is argon2id at OWASP's cost unless told, and never the same twice", async () => {
  const [one, other] = await Promise.all([hashPassword('same'), hashPassword('same')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(createPasswords(DEFAULT_COST).isOutdated(one)).toBe(false);
  expect(createPasswords(CHEAP).isOutdated(one)).toBe(true);
});

test('what has no hash is checked at the same cost as what has one, and is never right', async () => {
  const passwords = createPasswords(CHEAP);
  const stored = await passwords.hash('right');
  expect(await passwords.verify(stored, 'right')).toBe(true);
  verify.mockClear();
  expect(await passwords.verify(stored, 'wrong')).toBe(false);
  expect(await passwords.verify(undefined, 'wrong')).toBe(false);
  expect(await passwords.verify(null, 'wrong')).toBe(false);
  const costs = verify.mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
  expect(costs).toEqual(Array(3).fill('$argon2id$v=19$m=8,t=1,p=1'));
});

test('no more pieces of work run at once than allowed, in order, and a failure makes room', async () => {
  const inLine = bounded(2, 10);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = (number: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    order.push(number);
    await Promise.resolve();
    running -= 1;
    if (number === 1) throw new Error('broken');
    return number;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => inLine(work(number))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test('a full line refuses who comes next, and takes people again once it has moved', async () => {
  const inLine = bounded(1, 1);
  let finish = () => {};
  const first = inLine(() => new Promise<void>((resolve) => (finish = resolve)));
  const second = inLine(async () => 'second');
  await expect(inLine(async () => 'third')).rejects.toMatchObject({
    extensions: { code: 'RATE_LIMITED', retryAfter: 2 },
  });
  finish();
  await first;
  expect(await second).toBe('second');
  expect(await inLine(async () => 'later')).toBe('later');
});
