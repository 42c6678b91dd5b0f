import { describe, expect, it } from 'vitest';
import type { SimHost } from '@/lib/simulation/model';
import type { Labels } from '@/lib/simulation/prometheus/series';
import { servedCloud } from '../routes/served-cloud';
import { examined, historyOf, hostLoads, peaks, regionCpu, withNodes } from './cloud';
import { copies, GIB, machine, type NamedSeries } from './series';

/** Machines that agree in the labels that usually tell them apart: agents that scrape localhost, federations, pods. */

const served = servedCloud();

const BUSY = [0.3, 0.2, 0.5, 0.6];
/** Four hosts of 2 CPUs: 30, 20, 50 and 60 % of CPU, 25, 50, 75 and 25 % of RAM. */
const fleet = (hosts: SimHost[], labels: (host: SimHost) => Labels, more = {}): NamedSeries[] =>
  hosts.flatMap((host, i) =>
    machine({
      labels: labels(host),
      nodename: host.name,
      busy: BUSY[i] ?? 0,
      memoryAvailable: [48, 32, 16, 48][i] === undefined ? 0 : ([48, 32, 16, 48][i] ?? 0) * GIB,
      bootedAt: 1_700_000_000_000 + i * 86_400_000,
      ...more,
    }),
  );

const agent = { job: 'integrations/node_exporter', instance: 'localhost:9100' };

const VARIANTS: [string, string, (host: SimHost) => Labels][] = [
  ['agents that push as localhost', 'agent_hostname', ({ name }) => ({ ...agent, agent_hostname: name })],
  ['agents with a full name', 'host', ({ fqdn }) => ({ ...agent, host: fqdn })],
  [
    'a federation without honor_labels',
    'exported_instance',
    ({ ip }) => ({ job: 'federate', instance: 'prometheus-a:9090', exported_instance: `${ip}:9100` }),
  ],
  [
    'a federation with more labels than one that differ',
    'exported_instance',
    ({ ip, name, zone }) => ({
      job: 'federate',
      instance: 'prometheus-a:9090',
      exported_job: 'node',
      exported_instance: `${ip}:9100`,
      pod: `node-exporter-${name}`,
      zone,
    }),
  ],
  [
    'pods of Kubernetes behind one service',
    'node',
    ({ name }) => ({ job: 'node-exporter', instance: 'node-exporter:9100', node: name, pod: `node-exporter-${name}x` }),
  ],
];

describe.each(VARIANTS)('%s', (_, label, labels) => {
  it('have their own CPU, RAM, history and peak', async () => {
    const { cloud } = served.serve(withNodes((hosts) => fleet(hosts, labels)));
    expect(await hostLoads()).toEqual({
      cpu: [30, 20, 50, 60],
      ram: [25, 50, 75, 25],
      cpus: [2, 2, 2, 2],
      reasons: [null, null, null, null],
    });
    expect(await regionCpu()).toEqual({ total: 8, usage: 3.2, measured: 4 });
    expect(new Set(await historyOf(cloud.hosts[2]?.name ?? ''))).toEqual(new Set([50]));
    expect((await peaks()).peaks).toEqual([30, 20, 50, 60]);
    expect((await examined('machines')).evidence).toContain('told apart by');
  });

  it('are told apart without a nodename by what does tell them apart', async () => {
    served.serve(withNodes((hosts) => fleet(hosts, labels, { nodename: null })));
    expect((await hostLoads()).cpu).toEqual([30, 20, 50, 60]);
    expect((await examined('machines')).evidence).toContain(`told apart by ${label}`);
  });

  it('are told apart if replicas of Prometheus have each twice', async () => {
    served.serve(withNodes((hosts) => copies(fleet(hosts, labels), { replica: 'a' }, { replica: 'b' })));
    expect((await hostLoads()).cpu).toEqual([30, 20, 50, 60]);
    expect(await regionCpu()).toMatchObject({ total: 8, usage: 3.2 });
  });
});

describe('machines that nothing known names', () => {
  const anonymous = (hosts: SimHost[]) =>
    hosts.flatMap((_, i) =>
      machine({ labels: { ...agent, agent_hostname: `hv0${i}` }, nodename: `hv0${i}`, busy: BUSY[i] ?? 0 }),
    );

  it('give no host a number, and are listed by the doctor', async () => {
    served.serve(withNodes(anonymous));
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual([null, null, null, null]);
    expect(new Set(reasons)).toEqual(new Set(['No exporter reports this host under a known name']));
    expect((await examined('host-names')).details).toContain('target hv00 is not a compute host');
  });

  it('are counted by the doctor, also if there is only one', async () => {
    served.serve(withNodes((hosts) => anonymous(hosts.slice(0, 1))));
    expect((await examined('host-names')).evidence).toContain('1 target belongs to no compute host.');
  });

  it('are found by aliases', async () => {
    const { cloud } = served.serve(withNodes(anonymous));
    const aliases = cloud.hosts.map(({ name }, i) => `hv0${i}=${name}`);
    served.configure({ METRICS_HOST_ALIASES: aliases.join(',') });
    expect((await hostLoads()).cpu).toEqual([30, 20, 50, 60]);
  });
});

it('the label in METRICS_HOST_LABELS gives each host its own peak', async () => {
  served.configure({ METRICS_HOST_LABELS: 'agent_hostname' });
  served.serve(withNodes((hosts) => fleet(hosts, ({ name }) => ({ ...agent, agent_hostname: name }))));
  expect((await hostLoads()).cpu).toEqual([30, 20, 50, 60]);
  expect((await peaks()).peaks).toEqual([30, 20, 50, 60]);
});

describe('a federated Prometheus that runs on a compute host', () => {
  const federated = (hosts: SimHost[]) =>
    fleet(hosts, ({ ip }) => ({ job: 'federate', instance: `${hosts[1]?.ip}:9090`, exported_instance: `${ip}:9100` }));

  it('does not give that host the machines of all', async () => {
    served.serve(withNodes(federated));
    expect((await hostLoads()).cpu).toEqual([30, 20, 50, 60]);
  });

  it('does not give that host another machine when its own exporter is down', async () => {
    const controller = machine({
      labels: { job: 'federate', instance: '10.20.0.11:9090', exported_instance: '10.10.0.1:9100' },
      nodename: 'controller',
      busy: 0.9,
    });
    served.serve(
      withNodes((hosts) => [
        ...federated(hosts).filter(({ labels }) => labels.exported_instance !== `${hosts[1]?.ip}:9100`),
        ...controller,
      ]),
    );
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual([30, null, 50, 60]);
    expect(reasons[1]).toContain('machines answer to cmp-r01-02, told apart by exported_instance');
  });
});
