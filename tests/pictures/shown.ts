import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { FOLDER } from './pictures';

/**
 * What pictures show, as hashes of words: headings, labels, columns and how they are nested, without figures and addresses. A
 * picture whose page has other words is out of date. Looks alone change none of them.
 */

const FILE = path.join(FOLDER, 'shown.json');

export type Shown = Record<string, string>;

export const readShown = (): Shown => JSON.parse(readFileSync(FILE, 'utf8'));

export const writeShown = (shown: Shown): void => writeFileSync(FILE, `${JSON.stringify(shown, null, 2)}\n`);

const hash = (lines: string[]): string =>
  createHash('sha256')
    .update(lines.map((line) => line.replaceAll(/\d+/g, '#').replaceAll(/#(?:[.,]#)+/g, '#')).join('\n'))
    .digest('hex');

/** Of a page as it is, once nothing changes any more. Not of its bar, which says how the sources are at the moment. */
export async function hashPage(page: Page): Promise<string> {
  let before = '';
  for (;;) {
    const tree = await page.getByRole('main').ariaSnapshot();
    if (tree === before) return hash(tree.split('\n').filter((line) => !/^\s*- \/url:/.test(line)));
    before = tree;
    await page.waitForTimeout(SETTLES_MS);
  }
}

const SETTLES_MS = 300;

/** Of what stays the same while a page follows a run: its headings below the first, and the columns of its tables. */
export async function hashOutline(page: Page): Promise<string> {
  const main = page.getByRole('main');
  const headings = await main.getByRole('heading', { level: 2 }).allTextContents();
  const columns = await main.getByRole('columnheader').allTextContents();
  return hash([...headings, ...columns]);
}
