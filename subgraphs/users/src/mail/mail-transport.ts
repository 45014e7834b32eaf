/** A mail as it is handed over, to one person. */
export interface Mail {
  /**
   * A UUID of version 7, which begins with the time: of files, the oldest go. Sending a mail again under its id is a repetition:
   * the same `Message-ID`, the same file.
   */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of an attempt. `why` names nobody, and may be kept. */
export type Attempt =
  | { readonly result: 'sent' }
  /** To be tried again. */
  | { readonly result: 'later'; readonly why: string }
  /** Trying again is of no use. */
  | { readonly result: 'never'; readonly why: string };

/** Where mails go. */
export interface MailTransport {
  /** Never rejects, and takes a minute at most. */
  send(mail: Mail): Promise<Attempt>;
  close(): void;
}

/** Who writes: the address that mails come from. */
export const NAME_OF_SENDER = 'Starling';

/** The same for the same mail, so that one that arrives twice is known to be one. */
export const messageIdOf = ({ id }: Mail, from: string): string => `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`;
