import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { MINUTE_MS } from '@/lib/units';
import { PICTURED_AT, type StandingClock } from './clock';

/** A careful run of the demo in which a move fails, up to the pause that it makes by itself. */

const PLAN = '/audits/stabilize-production/plans/newest/';
/** A VM of the third step. */
const FAILS = 'web-09';
/** The server looks after its careful runs every three seconds, whatever the time is. */
const LOOK_MS = 3_500;
const LONGEST_MINUTES = 30;

type Demo = {
  url: string;
  /** Of the simulated cloud. */
  cloudUrl: string;
  clock: StandingClock;
};

export async function pauseCarefulRun(page: Page, { url, cloudUrl, clock }: Demo): Promise<void> {
  let minutes = 0;
  const passMinute = async () => {
    minutes += 1;
    const at = new Date(Date.parse(PICTURED_AT) + minutes * MINUTE_MS).toISOString();
    clock.set(at);
    await page.clock.setFixedTime(at);
    await page.waitForTimeout(LOOK_MS);
  };
  const control = (name: string, value: unknown) => page.request.put(`${cloudUrl}/_sim/${name}`, { data: value });

  // The plans that run end, so that nothing stands in the way.
  for (const name of ['by-hand', 'being-stopped', 'just-started']) await control(`plans/${name}`, 'end');
  await control('migrations', { fail: [FAILS] });
  for (let i = 0; i < 3; i++) await passMinute();

  await page.goto(`${url}${PLAN}`, { waitUntil: 'networkidle' });
  await page.getByRole('region', { name: 'Start this plan' }).getByRole('button', { name: 'Careful run…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('the first alone, the others in steps')).toBeVisible();
  await dialog.getByLabel('Why').fill('Hot hosts before the peak, OPS-431');
  const wanted = /Type (\d+)/.exec((await dialog.textContent()) ?? '')?.[1] ?? '';
  await dialog.getByLabel('VMs that will move').fill(wanted);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/runs\//);

  const paused = page.getByRole('heading', { level: 1, name: /^Paused/ });
  while (minutes < LONGEST_MINUTES && !(await paused.isVisible())) {
    await passMinute();
    await page.reload({ waitUntil: 'networkidle' });
  }
  await expect(paused, `the failed move of ${FAILS} pauses the run`).toBeVisible();
}
