import localFont from 'next/font/local';

/**
 * Inter for text, JetBrains Mono for names and ids; both from npm packages and served from this origin. The fallback gets
 * the metrics of the font, so nothing moves when the font arrives.
 */
const text = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-text',
  fallback: ['system-ui', '-apple-system', 'Segoe UI', 'sans-serif'],
  adjustFontFallback: 'Arial',
});

const mono = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  variable: '--font-mono',
  fallback: ['ui-monospace', 'Cascadia Mono', 'Menlo', 'monospace'],
  adjustFontFallback: false,
});

/** Classes that define `--font-text` and `--font-mono`. */
export const FONTS = `${text.variable} ${mono.variable}`;
