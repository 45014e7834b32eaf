import { describe, expect, test } from 'vitest';
import { mailEnvironment, mailVariables } from './mail-environment.ts';
import { digestPeriod, EnvironmentError, readEnvironment } from './read-environment.ts';

const shape = { ...mailEnvironment, DIGEST_PERIOD_HOURS: digestPeriod.default(24) };
const read = (variables: Readonly<Record<string, string>>) => readEnvironment(shape, variables);

describe('mail', () => {
  test('has a sender and a period that need no setting', () => {
    expect(read({})).toEqual({ MAIL_FROM: 'notifications@starling.invalid', DIGEST_PERIOD_HOURS: 24 });
    expect(read({ DIGEST_PERIOD_HOURS: 'off' }).DIGEST_PERIOD_HOURS).toBeNull();
    expect(read({ PUBLIC_URL: 'https://example.org/' }).PUBLIC_URL).toBe('https://example.org');
  });

  test('is handed on to processes as it was given', () => {
    const given = {
      SMTP_URL: 'smtps://me:known%20to%20few@mail.example.org',
      MAIL_DIR: '/tmp/mail',
      MAIL_FROM: 'hello@example.org',
      PUBLIC_URL: 'https://example.org',
    };
    expect(mailVariables(read(given))).toEqual(given);
  });

  test.each([
    [{ SMTP_URL: 'http://me:known-to-few@host' }, 'SMTP_URL must be an address such as smtp://'],
    [{ SMTP_URL: 'smtp://' }, 'SMTP_URL must be an address such as smtp://'],
    [{ MAIL_FROM: 'Starling <hello@example.org>' }, 'MAIL_FROM must be an email address'],
    [{ MAIL_FROM: 'a@b.org\r\nBcc: c@d.org' }, 'MAIL_FROM must be an email address'],
    [{ PUBLIC_URL: 'example.org' }, 'PUBLIC_URL must be an address such as https://'],
    [{ DIGEST_PERIOD_HOURS: '0' }, 'DIGEST_PERIOD_HOURS must be a whole number of hours'],
    [{ DIGEST_PERIOD_HOURS: '721' }, 'DIGEST_PERIOD_HOURS must be a whole number of hours'],
  ])('is refused with %j, by the name of the variable', (variables, told) => {
    const refused = () => read(variables);
    expect(refused).toThrow(EnvironmentError);
    expect(refused).toThrow(told);
    expect(refused).not.toThrow('known-to-few');
  });
});
