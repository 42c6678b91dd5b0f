import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AppServer, CloudServer } from './servers';
import { expect, type Locator, type Page } from './test';

/** What browser tests of acts share. */

/** Settings of a server on which people act with their own account. */
export const actingVariables = (): Record<string, string> => ({
  AUTH: 'keystone',
  AUTH_ROLES: 'admin,reader',
  AUTH_SECRET: 'sealing-secret-0123456789-0123456789',
  ACTIONS: 'person',
  DATA_DIR: mkdtempSync(path.join(tmpdir(), 'visio-acts-')),
});

/** Signs in without the form, which has tests of its own. */
export async function signIn(page: Page, url: string, user = 'ops'): Promise<void> {
  const answer = await page.request.post(`${url}/api/sign-in/`, {
    form: { user, password: 'simulated', next: '/' },
    headers: { origin: url },
    maxRedirects: 0,
  });
  expect(answer.headers()['set-cookie'] ?? '').toContain('session');
}

/** The address of a plan of an audit, the newest by default. */
export async function planPath(page: Page, url: string, { audit, state }: { audit: string; state?: string }) {
  const { plans } = await (await page.request.get(`${url}/api/v1/audits/${audit}/plans/`)).json();
  const found = plans.find((one: { state: string }) => state === undefined || one.state === state);
  return `/audits/${audit}/plans/${found.id}/`;
}

/** Ends the plans that run or wait at the start, which no applier of the simulation has. */
export async function endRivals({ set }: CloudServer): Promise<void> {
  for (const audit of ['by-hand', 'being-stopped', 'just-started']) await set(`plans/${audit}`, 'end');
}

export const barOf = (page: Page): Locator => page.getByRole('region', { name: /^(Start this|This) plan$/ });

/** Fills in what the dialog of a start asks for. */
export async function fillStart(dialog: Locator, reason: string, password = 'simulated'): Promise<void> {
  await expect(dialog.getByText('Checked again')).toBeVisible({ timeout: 20_000 });
  for (const choice of await dialog.getByRole('checkbox').all()) await choice.check();
  await dialog.getByLabel('Why').fill(reason);
  const wanted = /Type (\d+) to confirm/.exec((await dialog.textContent()) ?? '')?.[1];
  if (wanted !== undefined) await dialog.getByLabel(/VMs that/).fill(wanted);
  const asked = dialog.getByLabel(/^Password/);
  if (await asked.isVisible()) await asked.fill(password);
}

/** A request to Watcher itself, as another tool might send it. */
export async function sendToWatcher(
  page: Page,
  { url }: CloudServer,
  { path, data }: { path: string; data?: unknown },
) {
  const user = { name: 'visio', domain: { name: 'Default' }, password: 'simulated' };
  const signedIn = await page.request.post(`${url}/identity/v3/auth/tokens`, {
    data: {
      auth: {
        identity: { methods: ['password'], password: { user } },
        scope: { project: { name: 'admin', domain: { name: 'Default' } } },
      },
    },
  });
  const headers = { 'x-auth-token': signedIn.headers()['x-subject-token'] ?? '' };
  const answer = await page.request.post(`${url}/infra-optim/v1/${path}`, { headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Starts a plan as somebody else might. */
export const startInWatcher = (page: Page, cloud: CloudServer, plan: string): Promise<void> =>
  sendToWatcher(page, cloud, { path: `action_plans/${plan}/start` });

/** What the button says that opens the dialog of a start. */
export const START = /^Start (\d+ moves?…|with them anyway…)|^Queue it anyway…/;

export async function openPlan(
  page: Page,
  app: AppServer,
  audit: string,
  { user = 'ops', state = undefined as string | undefined } = {},
) {
  await signIn(page, app.url, user);
  await page.goto(`${app.url}${await planPath(page, app.url, { audit, state })}`);
  return barOf(page);
}

/** Opens the dialog from the bar. */
export async function decide(page: Page, bar: Locator): Promise<Locator> {
  await bar.getByRole('button', { name: START }).click();
  return page.getByRole('dialog');
}

export const submitOf = (dialog: Locator) => dialog.getByRole('button', { name: /^Start \d+ move/ });
export const refresh = (page: Page) => page.keyboard.press('r');
