import { chromium } from 'playwright';

const base = process.argv[2];
const out = process.argv[3];
const vms = await (await fetch(`${base}/api/v1/vms/?sort=moves&order=desc&limit=1`)).json();
const zone = await (await fetch(`${base}/api/v1/hosts/?limit=1`)).json();
const vm = vms.vms[0].id;
const pages = [
  ['overview', '/'],
  ['overview-zone', `/?zone=${zone.zones[0]}`],
  ['capacity', '/capacity/'],
  ['capacity-agg', '/capacity/?by=aggregate'],
  ['vm', `/vms/${vm}/`],
  ['vms', '/vms/?sort=moves&order=desc'],
  ['activity', '/activity/'],
  ['activity7', '/activity/?hours=168'],
];
const only = process.argv[4]?.split(',');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
for (const [width, scheme] of [
  [1440, 'light'],
  [390, 'dark'],
]) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  page.on('console', (m) => {
    if (m.type() === 'error') console.log(width, m.text().slice(0, 200));
  });
  for (const [name, path] of pages) {
    if (only && !only.includes(name)) continue;
    await page
      .goto(base + path, { waitUntil: 'networkidle', timeout: 120000 })
      .catch((e) => console.log(name, String(e).slice(0, 80)));
    await page.waitForTimeout(1500);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) console.log('SIDEWAYS', name, width);
    await page.screenshot({ path: `${out}-${name}-${width}.png`, fullPage: true });
  }
  await page.close();
}
await browser.close();
