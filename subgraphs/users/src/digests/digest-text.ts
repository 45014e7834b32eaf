import { escaped } from '../mail/escaped.ts';
import type { DigestContent, DigestLine } from './digest-events.ts';

/** What a digest says, in its two forms. */
export interface DigestText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const number = (count: number): string => count.toString().replace(/\B(?=([0-9]{3})+$)/g, ',');
const counted = (count: number, one: string, many: string): string => `${number(count)} ${count === 1 ? one : many}`;

/** The same wherever it is read: `2026-03-01 09:05 UTC`. */
const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Those who did it. An account that is gone meanwhile has no name, and is one of the others. */
function whoIn({ actorIds, actorCount }: DigestLine, usernames: ReadonlyMap<string, string>): string {
  const names = actorIds.flatMap((id) => usernames.get(id) ?? []).map((name) => `@${name}`);
  const others = actorCount - names.length;
  if (names.length === 0) return others === 1 ? 'Somebody' : counted(others, 'person', 'people');
  const all = others > 0 ? [...names, counted(others, 'other', 'others')] : names;
  return all.length === 1 ? String(all[0]) : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function whatIn(line: DigestLine, usernames: ReadonlyMap<string, string>): string {
  const who = whoIn(line, usernames);
  const isOne = line.actorCount === 1;
  switch (line.kind) {
    case 'LIKE':
      return `${who} ${isOne ? 'likes' : 'like'} a tweet of yours`;
    case 'RETWEET':
      return `${who} retweeted a tweet of yours`;
    case 'QUOTE':
      return `${who} quoted a tweet of yours`;
    case 'REPLY':
      return `${who} answered a tweet of yours`;
    case 'MENTION':
      return `${who} mentioned you`;
    case 'FOLLOW':
      return `${who} ${isOne ? 'follows' : 'follow'} you`;
    case 'FOLLOW_REQUEST':
      return `${who} ${isOne ? 'asks' : 'ask'} to follow you`;
    case 'MILESTONE':
      return `A tweet of yours has ${number(line.milestone ?? line.actorCount)} likes`;
    case 'MODERATION':
      return `A moderator has ${line.tweetId === null ? 'discarded' : 'released'} a tweet of yours that was held`;
  }
}

const WHY = 'You get this because your account asked for notifications by email.';
const OTHERWISE = 'The settings of your notifications end it.';

/**
 * A line for each notification. Of people it says usernames alone: they have no place for a link or for words that would pass
 * for ours. `stopUrl` is where the reader ends these mails.
 */
export function digestText(
  { lines, more }: DigestContent,
  usernames: ReadonlyMap<string, string>,
  stopUrl: string | undefined,
): DigestText {
  const subject = `${counted(lines.length + more, 'new notification', 'new notifications')} on Starling`;
  const said = lines.map((line) => `${whatIn(line, usernames)} (${moment(line.atMs)})`);
  const rest = more > 0 ? [`And ${number(more)} more.`] : [];
  const text = [
    `${subject}:`,
    said.map((line) => `- ${line}`).join('\n'),
    ...rest,
    stopUrl === undefined ? `${WHY} ${OTHERWISE}` : `${WHY} End it: ${stopUrl}`,
    '',
  ].join('\n\n');
  const end = stopUrl === undefined ? OTHERWISE : `<a href="${escaped(stopUrl)}">End it.</a>`;
  const html = [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>`,
    `<p>${escaped(subject)}:</p>`,
    `<ul>${said.map((line) => `<li>${escaped(line)}</li>`).join('\n')}</ul>`,
    ...rest.map((line) => `<p>${escaped(line)}</p>`),
    `<p><small>${WHY} ${end}</small></p>`,
    '</body></html>',
    '',
  ].join('\n');
  return { subject, text: text.trimEnd().concat('\n'), html };
}
