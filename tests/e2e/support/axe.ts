import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RESULTS = path.resolve(import.meta.dirname, '../../../test-results');

const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

const THEMES = ['light', 'dark'] as const;

/**
 * Expects no violations from axe-core in both themes, with the rules for WCAG 2.0 to 2.2 A and AA and best practices.
 *
 * @param what name of the page and its state in test-results/axe.csv
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // The title may change slightly later than the address.
  await expect(page).toHaveTitle(/\S/);
  // Evaluated rather than added as a script, which the content security policy would block.
  await page.evaluate(await source);
  await mkdir(RESULTS, { recursive: true });
  for (const colorScheme of THEMES) {
    // Without motion, so that no colour is in transition.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await page.evaluate(
      (options) => (window as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(options),
      OPTIONS,
    );
    await appendFile(path.join(RESULTS, 'axe.csv'), `${what},${colorScheme},${violations.length}\n`);
    const findings = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
    expect(findings, `${what}, ${colorScheme}`).toEqual([]);
  }
}
