import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readShown } from '../pictures/shown';

/** Pictures of the documentation, which npm run pictures takes. */

const FOLDER = 'docs/pictures';
const PAGES = ['README.md', 'docs/README.md'];

describe('the pictures', () => {
  it('are those whose words are known', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.png'));
    const known = Object.keys(readShown()).map((name) => `${name}.png`);
    expect(files.toSorted()).toEqual(known.toSorted());
  });

  it('are all shown to people', () => {
    const text = PAGES.map((page) => readFileSync(page, 'utf8')).join('\n');
    for (const name of Object.keys(readShown())) expect(text).toContain(`pictures/${name}.png`);
  });
});
