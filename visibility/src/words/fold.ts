const ZERO_WIDTH_JOINER = '\u200d';
const IGNORABLE = /(?!\u200d)\p{Default_Ignorable_Code_Point}/gu;
const SKIN_TONES = /(?<=\p{Extended_Pictographic})\p{Emoji_Modifier}/gu;
const LOOSE_JOINERS = /(?<!\p{Extended_Pictographic})\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/**
 * The text as it is compared: without regard to case, to Unicode's ways of writing the same thing, and to what cannot be
 * seen. Upper case first, so that `ß` and `SS` meet; sigma has one small form, and the i of Turkish no second dot.
 */
export function fold(text: string): string {
  const cased = text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').replaceAll('i\u0307', 'i');
  const seen = cased.normalize('NFKC').replace(IGNORABLE, '').replace(SKIN_TONES, '');
  return seen.includes(ZERO_WIDTH_JOINER) ? seen.replace(LOOSE_JOINERS, '') : seen;
}
