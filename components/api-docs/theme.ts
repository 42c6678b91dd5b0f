import type { RedocRawOptions } from 'redoc';
import type { Look } from '../charts/look';

/** How Redoc looks at home: our colours and fonts. It mixes shades of its colours, so it needs them as rgb(). */

function openTokens(): { colour: (token: string) => string; close: () => void } {
  const probe = document.createElement('span');
  document.body.append(probe);
  return {
    colour(token) {
      probe.style.color = `var(${token})`;
      return getComputedStyle(probe).color;
    },
    close: () => probe.remove(),
  };
}

/** @param look its fonts; the colours are read again @param topBar pixels that the bar covers */
export function optionsFor({ text, mono }: Look, topBar: number): RedocRawOptions {
  const { colour, close } = openTokens();
  const [ink, ink2, ink3, line] = [colour('--ink'), colour('--ink-2'), colour('--ink-3'), colour('--line')];
  const [surface, sunken, accent] = [colour('--surface'), colour('--sunken'), colour('--accent')];
  const answered = (word: string, tab: string) => ({
    color: colour(word),
    backgroundColor: sunken,
    tabTextColor: colour(tab),
  });
  const other = colour('--verb-other');
  const options: RedocRawOptions = {
    // A worker from a blob, which the content policy forbids.
    disableSearch: true,
    hideDownloadButtons: true,
    nativeScrollbars: true,
    pathInMiddlePanel: true,
    expandResponses: '200',
    jsonSamplesExpandLevel: 3,
    maxDisplayedEnumValues: 12,
    scrollYOffset: topBar,
    theme: {
      spacing: { unit: 4, sectionHorizontal: 24, sectionVertical: 24 },
      breakpoints: { small: '640px', medium: '1100px', large: '1280px' },
      colors: {
        primary: { main: accent },
        success: { main: colour('--ok') },
        warning: { main: colour('--warn') },
        error: { main: colour('--crit') },
        gray: { 50: surface, 100: sunken },
        border: { light: line, dark: line },
        text: { primary: ink, secondary: ink2 },
        responses: {
          success: answered('--ok', '--code-ok'),
          error: answered('--crit', '--code-crit'),
          redirect: answered('--warn', '--code-warn'),
          info: answered('--ink-2', '--code-quiet'),
        },
        http: { get: colour('--verb-get'), post: colour('--verb-post'), link: other, basic: other },
      },
      schema: {
        linesColor: line,
        typeNameColor: ink2,
        typeTitleColor: ink2,
        requireLabelColor: colour('--crit'),
        nestedBackground: sunken,
        arrow: { color: ink3 },
      },
      typography: {
        fontSize: '13px',
        lineHeight: '1.5',
        fontFamily: text,
        optimizeSpeed: true,
        headings: { fontFamily: text, fontWeight: '600', lineHeight: '1.35' },
        code: { fontSize: '12px', fontFamily: mono, color: ink, backgroundColor: sunken, wrap: true },
        links: { color: accent, visited: accent, hover: accent },
      },
      sidebar: {
        width: '250px',
        backgroundColor: surface,
        textColor: ink,
        activeTextColor: accent,
        groupItems: { activeBackgroundColor: sunken, activeTextColor: accent, textTransform: 'none' },
        level1Items: { activeBackgroundColor: sunken, activeTextColor: accent, textTransform: 'none' },
        arrow: { color: ink3 },
      },
      rightPanel: {
        backgroundColor: colour('--code'),
        textColor: colour('--code-ink'),
        width: '38%',
        servers: { overlay: { backgroundColor: surface, textColor: ink }, url: { backgroundColor: sunken } },
      },
      codeBlock: { backgroundColor: colour('--code-sunken') },
    },
  };
  close();
  return options;
}
