import { type Mail, messageIdOf, NAME_OF_SENDER } from './mail-transport.ts';

/** A mail with everything that a library needs to write it. Nothing in it may be read from files or addresses. */
export function composed(mail: Mail, from: string) {
  const { to, subject, text, html, headers } = mail;
  return {
    from: { name: NAME_OF_SENDER, address: from },
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: messageIdOf(mail, from),
    // Nobody's absence note is to answer it.
    headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
