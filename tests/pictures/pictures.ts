import path from 'node:path';
import type { Page } from '@playwright/test';
import { PICTURED_AT } from './clock';

/** The pictures of the documentation: where they are taken, and what the page has to do first. */

export const FOLDER = path.resolve(import.meta.dirname, '../../docs/pictures');

export type Picture = {
  /** Of its file. */
  name: string;
  path: string;
  size: { width: number; height: number };
  scheme?: 'light' | 'dark';
  prepare?(page: Page): Promise<void>;
};

const LAPTOP = { width: 1440, height: 900 };
/** As much as stands beside the first words of README.md. */
const FIRST = { width: 1440, height: 760 };

export const PICTURES: Picture[] = [
  { name: 'overview-light', path: '/', size: FIRST },
  { name: 'overview-dark', path: '/', size: FIRST, scheme: 'dark' },
  {
    name: 'review',
    path: '/audits/stabilize-production/plans/newest/',
    size: LAPTOP,
    prepare: (page) => page.getByRole('button', { name: /^No hot host/ }).click(),
  },
  {
    name: 'capacity',
    path: '/capacity/',
    size: LAPTOP,
    async prepare(page) {
      await page.getByRole('heading', { name: 'Days to full' }).waitFor();
      await page.mouse.wheel(0, 5_000);
    },
  },
  {
    name: 'vm',
    path: '/vms/?sort=moves&order=desc',
    size: LAPTOP,
    async prepare(page) {
      await page.getByRole('rowheader').getByRole('link').first().click();
      await page.getByRole('heading', { name: 'Where it was' }).waitFor();
    },
  },
  { name: 'phone', path: '/', size: { width: 390, height: 844 } },
];

/** Brings a page to what its picture shows. */
export async function show(page: Page, { path: address, size, scheme = 'light', prepare }: Picture): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.clock.setFixedTime(PICTURED_AT);
  // As a first visit: the overview shows what happened since the last one, which the browser keeps.
  await page.addInitScript(() => window.localStorage.clear());
  await page.goto(address, { waitUntil: 'networkidle' });
  await prepare?.(page);
  await page.waitForLoadState('networkidle');
}
