import localFont from 'next/font/local';

/**
 * Inter for text, JetBrains Mono for names and ids; both from npm packages and served from this origin. Both are asked
 * for before anything else and come with the first paint, or from the browser's cache the next time: the columns of a table
 * would move if one came later, although the fallback has the metrics of the font.
 */
const text = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'optional',
  variable: '--font-text',
  fallback: ['system-ui', '-apple-system', 'Segoe UI', 'sans-serif'],
  adjustFontFallback: 'Arial',
});

const mono = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  display: 'optional',
  variable: '--font-mono',
  fallback: ['ui-monospace', 'Cascadia Mono', 'Menlo', 'monospace'],
  adjustFontFallback: false,
});

/** Classes that define `--font-text` and `--font-mono`. */
export const FONTS = `${text.variable} ${mono.variable}`;
