import { parseArgs } from 'node:util';
import { controlsHelp } from './controls';
import { realisticDelays } from './delays';
import { seedOfRegion } from './region-seed';
import { openSimulatedRegions } from './regions';
import { RELEASE_NAMES } from './releases';
import { serveSimulation } from './server';

/** Runs only the simulated cloud, for development against it: npm run sim -- --hosts 400 */

const HELP = `Runs the simulated cloud as HTTP services.

  --hosts N     number of compute hosts (24)
  --servers N   number of VMs (17 per host)
  --audits N    number of audits (28)
  --regions R   regions of that size behind one Keystone, with commas (RegionOne); the others are below /<name>
  --seed N      seed; each gives a different cloud of the same size (1)
  --release R   release of Watcher: ${RELEASE_NAMES.join(', ')} (2026.2)
  --seconds N   how long a move takes (20)
  --without S   strategies that Watcher does not offer, with commas: actuator
  --lively      plans that run or wait at the start go on, and continuous audits make new plans
  --delays      respond as slowly as real services
  --host ADDR   address to listen on (127.0.0.1)
  --port N      port to listen on (8900)

Its users have the password "simulated": visio and ops are admins, reader is not, and ops-totp needs the code 246810 too.
Controls, in JSON:

${controlsHelp()}
`;

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '24' },
    servers: { type: 'string' },
    audits: { type: 'string', default: '28' },
    regions: { type: 'string', default: 'RegionOne' },
    seed: { type: 'string', default: '1' },
    release: { type: 'string', default: '2026.2' },
    seconds: { type: 'string', default: '20' },
    without: { type: 'string', default: '' },
    lively: { type: 'boolean', default: false },
    delays: { type: 'boolean', default: false },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8900' },
    help: { type: 'boolean', short: 'h' },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name} takes a whole number`);
  process.exit(2);
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const release = RELEASE_NAMES.find((name) => name === values.release);
  if (!release) {
    console.error(`--release takes one of ${RELEASE_NAMES.join(', ')}`);
    process.exit(2);
  }
  const hosts = whole('hosts', values.hosts);
  const options = {
    hosts,
    servers: values.servers === undefined ? hosts * 17 : whole('servers', values.servers),
    audits: whole('audits', values.audits),
    release,
    moves: { seconds: Math.max(1, whole('seconds', values.seconds)) },
    withheld: values.without.split(',').filter(Boolean),
    lively: values.lively,
    delays: values.delays ? realisticDelays : undefined,
  };
  const seed = whole('seed', values.seed);
  const names = values.regions.split(',').filter(Boolean);
  const simulation = openSimulatedRegions(
    names.map((region, i) => ({ ...options, region, seed: seedOfRegion(seed, i) })),
  );
  const { hosts: all, servers } = simulation.regions[0]?.cloud ?? { hosts: [], servers: [] };
  const { url, close } = await serveSimulation(simulation, { host: values.host, port: whole('port', values.port) });
  console.log(`Simulated cloud with ${all.length} hosts and ${servers.length} VMs in each of ${names.join(', ')} on ${url}

export OS_AUTH_URL=${url}/identity/v3
export OS_USERNAME=visio OS_PASSWORD=simulated OS_PROJECT_NAME=admin
export OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default
export OS_REGION_NAME=${names.join(',')}
export PROMETHEUS_URL=${url}/prometheus

Break Prometheus:  curl -X PUT -d '{"status":503}' ${url}/_sim/faults/prometheus
Repair it:         curl -X DELETE ${url}/_sim/faults/prometheus`);
  // The server alone does not keep the process alive.
  const alive = setInterval(() => {}, 60_000);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(alive);
      void close();
    });
  }
}

void main();
