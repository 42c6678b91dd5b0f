import fc from 'fast-check';

/** Malicious names, meant to do harm where they are shown, sent or executed. The same cases on every run. */

export const RUNS = { seed: 20261124, numRuns: 500 };

const SIGNS = [
  ...'\'"`$\\;&|<>(){}[]*?!#~=%^ -+_@,.:/aé日',
  '\t',
  '\n',
  '\r',
  '\u0000',
  '\u001b',
  '\u0085',
  '\u00a0',
  '\u200b',
  '\u2028',
  '\u202e',
  '😀',
];

const WORDS = [
  'https://evil.example/x',
  'HTTP://evil.example',
  'www.evil.example',
  'ftp://evil.example',
  'javascript:alert(1)',
  'mailto:a@evil.example',
  'a@evil.example',
  '@everyone',
  '#12',
  '&lt;',
  '&#64;',
  '<b>',
  '<!--',
  '<script>alert(1)</script>',
  '<https://evil.example>',
  '[a](https://evil.example)',
  '![a](x)',
  '[^1]',
  '[x] ',
  '- ',
  '1. ',
  '```',
  '``',
  '~~a~~',
  '**a**',
  '\\|',
  '\\\\|',
  '| --- |',
  '`|`',
  '=cmd|calc!A1',
  "'=1",
  '＝1',
  '$(touch owned)',
  '`touch owned`',
  "'; touch owned; '",
  '--host=evil',
  '-x',
  '\r\n# a',
  'a"b,c\r\nd',
];

/** A name built from text that has a special meaning somewhere. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.array(fc.constantFrom(...SIGNS), { maxLength: 12 }).map((signs) => signs.join('')),
  fc.array(fc.constantFrom(...WORDS, ...SIGNS), { maxLength: 5 }).map((words) => words.join('')),
);
