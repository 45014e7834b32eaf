import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLogger('test', 'info', { write: (line: string) => lines.push(line) }));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

test('blots out secrets wherever they are', () => {
  const line = logged((logger) =>
    logger.info(
      { password: 'hunter2', input: { refreshToken: 'hunter2' }, request: { headers: { authorization: 'hunter2' } } },
      'signed in',
    ),
  );
  expect(JSON.stringify(line)).not.toContain('hunter2');
  expect(line).toMatchObject({ name: 'test', level: 'info', msg: 'signed in', password: '[redacted]' });
});

test('tells an error without the row that caused it', () => {
  const refusal = Object.assign(new Error('duplicate key', { cause: new Error('underneath') }), {
    code: '23505',
    detail: 'Key (email)=(someone@example.org) already exists.',
  });
  const line = logged((logger) => logger.error({ err: refusal }, 'refused'));
  expect(line.err).toMatchObject({ message: 'duplicate key', code: '23505', cause: { message: 'underneath' } });
  expect(JSON.stringify(line)).not.toContain('someone@example.org');
});
