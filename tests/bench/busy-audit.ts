import { fork } from 'node:child_process';
import { plansToRead } from '@/lib/domain/plans/plans-to-read';
import { isRunning } from '@/lib/domain/plans/states';
import { loadCloud } from '@/lib/openstack/clouds';
import { openSession } from '@/lib/openstack/session';
import { openOptimizerReader } from '@/lib/readings/optimizer';
import { serveSimulation } from '@/lib/simulation/server';
import { openSimulation } from '@/lib/simulation/simulation';
import { DAY_MS, MIB, MINUTE_MS, SECOND_MS } from '@/lib/units';

/**
 * What an audit costs that makes a plan every five minutes and starts it without asking: `npx tsx tests/bench/busy-audit.ts`.
 * Watcher is a process of its own; times are those of this one's processor.
 */
const PLANS_A_DAY = 288;
const DAYS = 7;
const ACTIONS = 20;

/** The simulated cloud with a week of such plans, newest last. */
async function serveBusy(): Promise<string> {
  const simulation = openSimulation({ hosts: 24, servers: 400 });
  const { cloud } = simulation;
  const pattern = cloud.plans.find(({ state }) => state === 'SUCCEEDED');
  const action = pattern?.actions.find(({ type }) => type === 'migrate');
  if (!pattern || !action) throw new Error('the simulated cloud has no plan that has run');
  const id = (kind: string, i: number, j = 0) =>
    `${kind}0000000-0000-4000-8000-${String(i).padStart(8, '0')}${String(j).padStart(4, '0')}`;
  const now = Date.now();
  for (let i = 0; i < DAYS * PLANS_A_DAY; i++) {
    const createdAt = now - DAYS * DAY_MS + i * 5 * MINUTE_MS + MINUTE_MS;
    cloud.plans.push({
      ...pattern,
      id: id('b', i),
      createdAt,
      updatedAt: createdAt + 4 * MINUTE_MS,
      actions: Array.from({ length: ACTIONS }, (_, j) => ({ ...action, id: id('a', i, j), parents: [] })),
    });
  }
  return (await serveSimulation(simulation, { host: '127.0.0.1', port: 0 })).url;
}

async function measure(url: string): Promise<void> {
  const cloud = loadCloud(
    {
      OS_AUTH_URL: `${url}/identity/v3`,
      OS_USERNAME: 'visio',
      OS_PASSWORD: 'simulated',
      OS_PROJECT_NAME: 'admin',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
    },
    { read: () => undefined, home: '/', cwd: '/' },
  );
  let requests = 0;
  const session = openSession(cloud, {
    timeoutMs: 60 * SECOND_MS,
    maxBytes: 64 * MIB,
    proxies: null,
    concurrency: 8,
    observe: () => {
      requests++;
    },
  });
  const reader = openOptimizerReader(session, { wanted: (plans) => plansToRead(plans, Date.now()), isRunning });
  const report = async <T>(what: string, read: () => Promise<T>): Promise<T> => {
    requests = 0;
    const [before, began] = [process.cpuUsage(), Date.now()];
    const value = await read();
    const { user, system } = process.cpuUsage(before);
    console.log(
      `${what}: ${requests} requests, ${((user + system) / 1_000).toFixed(0)} ms of the processor, ${Date.now() - began} ms in all`,
    );
    return value;
  };
  const first = await report('first reading', () => reader.read());
  const actions = Object.values(first.actions).flat().length;
  console.log(
    `${first.plans.length} plans, actions of ${Object.keys(first.actions).length} of them: ${actions} actions`,
  );
  await report('next reading', () => reader.read(first));
}

if (process.argv[2] === 'serve') {
  // The listener keeps the process alive: the server alone would not.
  process.on('disconnect', () => process.exit());
  process.send?.(await serveBusy());
} else {
  const child = fork(import.meta.filename, ['serve'], { execArgv: ['--import', 'tsx'] });
  try {
    await measure(await new Promise<string>((resolve) => child.once('message', (url) => resolve(String(url)))));
  } finally {
    child.kill();
  }
}
