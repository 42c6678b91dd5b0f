import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import config from '../e2e/playwright.config';
import { startApp } from '../e2e/support/servers';
import { pauseCarefulRun } from './careful-run';
import { openStandingClock } from './clock';
import { FOLDER, PICTURES, type Picture, show } from './pictures';
import { hashOutline, hashPage, type Shown, writeShown } from './shown';

/** Takes the pictures of the documentation from the demo, and writes down what they show: npm run pictures */

const MOST_BYTES = 250_000;
/** The machine may be busy with a build. */
const PATIENCE_MS = 120_000;

async function take(page: Page, name: string): Promise<void> {
  const file = path.join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  const { size } = statSync(file);
  console.log(`${path.relative('', file)}: ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES / 1000} kB: choose a smaller part.`);
}

/** Shows a page until two loads of it have the same words: the first may come before all is computed. */
async function settle(page: Page, picture: Picture): Promise<string> {
  let before = '';
  for (;;) {
    await show(page, picture);
    const words = await hashPage(page);
    if (words === before) return words;
    before = words;
  }
}

async function main(): Promise<void> {
  const clock = openStandingClock();
  const app = await startApp({ USE_MOCK_DATA: 'true', ...clock.variables });
  const { launchOptions, locale, timezoneId } = config.use ?? {};
  const browser = await chromium.launch(launchOptions);
  try {
    mkdirSync(FOLDER, { recursive: true });
    const page = await browser.newPage({ baseURL: app.url, locale, timezoneId });
    page.setDefaultTimeout(PATIENCE_MS);
    const shown: Shown = {};
    for (const picture of PICTURES) {
      shown[picture.name] = await settle(page, picture);
      await take(page, picture.name);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const cloudUrl = /"url":"(http[^"]+)"/.exec(app.output())?.[1] ?? '';
    await pauseCarefulRun(page, { url: app.url, cloudUrl, clock });
    shown['careful-run'] = await hashOutline(page);
    await take(page, 'careful-run');
    writeShown(shown);
  } finally {
    await browser.close();
    await app.stop();
  }
}

void main();
