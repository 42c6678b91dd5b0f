/** Letters that databases compare as others, and that have no decomposition in Unicode. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
};

/**
 * One form for all spellings of a name that Keystone's database may take for the same: it ignores case, and MySQL's usual
 * collations also accents, characters without a width and blanks at the end. Only for counting.
 */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Cc}]/gu, '')
    .replace(/[ßæœøđðħıłŧþ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim();
