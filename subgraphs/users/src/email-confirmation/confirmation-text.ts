import { escaped } from '../mail/escaped.ts';
import { GOOD_FOR_HOURS } from './confirmation-store.ts';

const SUBJECT = 'Confirm your email address for Starling';
const OTHERWISE = 'If that is not you, do nothing: no other mail comes to this address.';

/** What the mail says that asks whether an address is somebody's. `url` is the link; without it, the mail holds the token. */
export function confirmationText(username: string, token: string, url: string | undefined) {
  const who = `@${username} on Starling gave this address as theirs.`;
  const how = `Confirm it within ${GOOD_FOR_HOURS} hours`;
  const text = `${who}\n\n${url === undefined ? `${how}, with this token: ${token}` : `${how}: ${url}`}\n\n${OTHERWISE}\n`;
  const link =
    url === undefined
      ? `${how}, with this token: <code>${escaped(token)}</code>`
      : `${how}: <a href="${escaped(url)}">${escaped(url)}</a>`;
  const html = [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${SUBJECT}</title></head><body>`,
    `<p>${escaped(who)}</p>`,
    `<p>${link}</p>`,
    `<p><small>${OTHERWISE}</small></p>`,
    '</body></html>',
    '',
  ].join('\n');
  return { subject: SUBJECT, text, html };
}
