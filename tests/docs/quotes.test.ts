import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Pages that explain what the program says must have its words, or nobody finds them. */

const ROOMS = ['app', 'components', 'lib'];
const SOURCES = ROOMS.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => path.join(room, name)),
).filter((name) => /\.(tsx?|mjs)$/.test(name) && !name.startsWith('lib/simulation/'));

const plain = (text: string): string => text.replaceAll('’', "'").replace(/\s+/g, ' ');

/** First cells of the tables with a column of such words. Symptoms in the reader's own words are in italics. */
const quotesIn = (page: string): string[] =>
  page
    .split(/\n\n/)
    .filter((block) => /^\| (it says|`msg`) \|/m.test(block))
    .flatMap((block) => [...block.matchAll(/^\| (?!it says|`msg`|---|\*)(.+?) \|/gm)])
    .map(([, cell = '']) => cell);

/** What is written as … differs each time. */
const partsOf = (quote: string): string[] =>
  quote
    .split(/; |…/)
    .map((part) => plain(part).replace(/^[\s.:,]+|[\s.:,?]+$/g, ''))
    .filter((part) => part.length > 5);

describe('the documentation', () => {
  const code = plain(SOURCES.map((name) => readFileSync(name, 'utf8')).join('\n'));

  it.each(['troubleshooting', 'connect', 'planning'])('%s.md explains what is said somewhere', (name) => {
    const quotes = quotesIn(readFileSync(`docs/${name}.md`, 'utf8'));
    expect(quotes.length).toBeGreaterThan(5);
    expect(quotes.filter((quote) => !partsOf(quote).every((part) => code.includes(part)))).toEqual([]);
  });
});
