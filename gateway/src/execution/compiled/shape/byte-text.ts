/**
 * A text of which each character stands for one byte of its UTF-8. A text with any character beyond Latin-1 is taken apart
 * character by character whenever it is sent, which costs more than everything else about sending it; in this form it goes out
 * as it is, and its length is that of the body.
 */
export type ByteText = string;

export function byteText(text: string): ByteText {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}
