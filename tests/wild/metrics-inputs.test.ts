import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { HostServer } from '@/lib/contract/v1/hosts';
import type { SimHost } from '@/lib/simulation/model';
import type { Labels } from '@/lib/simulation/prometheus/series';
import { ask, forget, servedCloud } from '../routes/served-cloud';
import { examined, historyOf, hostLoads, peaks, regionCpu, withNodes, withVms } from './cloud';
import { input, recorded, relabeled, withNames } from './recorded';
import { machine, type NamedSeries } from './series';

/** Each input as it was reported, with what is right. The files beside this one vary them. */

const served = servedCloud();

/** A second of a CPU that is busy in part. */
const cpuOf = (busyOf: (labels: Labels) => number) => (name: string, labels: Labels) => {
  if (name !== 'node_cpu_seconds_total') return 0;
  return labels.mode === 'idle' ? 1 - busyOf(labels) : busyOf(labels);
};

const nodes = (text: string, busyOf: (labels: Labels) => number) =>
  withNodes((hosts) => recorded(withNames(text, hosts), cpuOf(busyOf)));

const scraped = (host: string): NamedSeries[] =>
  machine({ labels: { job: 'node', instance: `${host}:9100` }, nodename: null, busy: 0.3 });

/** Nova's records of the input in place of those of the hosts that they name. */
function serveRecords(text: string, names: (hosts: SimHost[]) => string[]): SimHost[] {
  const simulation = served.serve(withNodes((hosts) => names(hosts).flatMap(scraped)));
  const { hosts } = simulation.cloud;
  const { hypervisors: records } = JSON.parse(withNames(text, hosts).replaceAll('192.0.2.11', hosts[1]?.ip ?? ''));
  served.server.use(
    http.get('http://cloud.test/compute/v2.1/os-hypervisors/detail', async ({ request }) => {
      const body = await (await simulation.answer(request)).json();
      const [like] = body.hypervisors;
      const others = body.hypervisors.filter((one: { host_ip: string }) => one.host_ip !== hosts[1]?.ip);
      const odd = records.map((record: object) => ({ ...like, ...record }));
      return HttpResponse.json({ ...body, hypervisors: [...others, ...odd] });
    }),
  );
  return hosts;
}

const loadOf = async (name: string) => {
  const { body } = await ask('hosts', { query: '?audit=none' });
  const host = body.hosts.find((one: { name: string }) => one.name === name);
  return [host?.cpu.used_percentage ?? null, host?.reason ?? null];
};

describe('an input from a real cloud', () => {
  it('two-regions-one-prometheus: the own region, or null and both names with the setting', async () => {
    const busy = ({ region }: Labels) => (region === 'north' ? 0.3 : 0.78);
    const text = input('two-regions-one-prometheus.txt');
    served.serve(nodes(text, busy));
    const { cpu, reasons } = await hostLoads();
    expect(cpu[0]).toBeNull();
    expect(reasons[0]).toContain('told apart by region (north, south): set METRICS_NODE_SELECTOR');
    forget();
    served.configure({ OS_REGION_NAME: 'north' });
    served.serve({ ...nodes(text, busy), region: 'north' });
    expect(await hostLoads()).toMatchObject({ cpu: [30, null, null, null], ram: [50, null, null, null] });
    expect(await regionCpu()).toMatchObject({ usage: 0.6, measured: 1 });
  });

  it('one-instance-for-all: each host its own 2 CPUs, load and RAM', async () => {
    served.serve(nodes(input('one-instance-for-all.txt'), () => 300 / 1300));
    expect(await hostLoads()).toMatchObject({
      cpu: [23.1, 23.1, 23.1, null],
      ram: [25, 50, 75, null],
      cpus: [2, 2, 2, null],
    });
  });

  it('peak-of-another-host: each host its own peak', async () => {
    served.configure({ METRICS_HOST_LABELS: 'agent_hostname' });
    const { cloud } = served.serve(withNodes(() => []));
    const first = cloud.hosts[0]?.name;
    served.serve(
      nodes(input('one-instance-for-all.txt'), ({ agent_hostname: name }) => (name === first ? 0.3 : 0.206)),
    );
    expect((await peaks()).peaks).toEqual([30, 20.6, 20.6, null]);
  });

  it('two-replicas: each CPU once', async () => {
    served.serve(nodes(input('two-replicas.txt'), () => 0.3));
    expect(await hostLoads()).toMatchObject({ cpu: [30, null, null, null], cpus: [2, null, null, null] });
    expect(await regionCpu()).toMatchObject({ usage: 0.6, measured: 1 });
  });

  it('renamed-host: the host that is up has the machine, the record that is down has nothing', async () => {
    const [, host] = serveRecords(input('renamed-host.json'), (hosts) => [hosts[1]?.name ?? '']);
    expect(await loadOf(host?.fqdn ?? '')).toEqual([30, null]);
    expect(await loadOf(host?.name ?? '')).toEqual([null, 'The host is down and no exporter reports it']);
  });

  it('same-host-twice: one host, its numbers once, and a word about the records', async () => {
    const [, host] = serveRecords(input('same-host-twice.json'), (hosts) => hosts.map(({ name }) => name));
    const { body } = await ask('hosts', { query: '?audit=none' });
    expect(body.hosts.map(({ name }: { name: string }) => name).filter((name: string) => name === host?.name)).toEqual([
      host?.name,
    ]);
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
    expect((await examined('host-records')).details).toContainEqual(
      expect.stringContaining(`${host?.name} has 2 records`),
    );
  });

  it('alias-in-another-spelling: each spelling means the host', async () => {
    const { cloud } = served.serve(withNodes(() => ['hv00', 'hv01'].flatMap(scraped)));
    served.configure({ METRICS_HOST_ALIASES: withNames('hv00=kvm00.example.net,hv01=KVM01', cloud.hosts) });
    expect((await hostLoads()).cpu).toEqual([30, 30, null, null]);
    expect((await examined('host-aliases')).status).toBe('ok');
  });

  it('only-idle-kept: 30 % now, in the past and at the peak', async () => {
    const { cloud } = served.serve(
      withNodes((hosts) =>
        relabeled(
          hosts.flatMap(({ name }) => scraped(name)),
          input('only-idle-kept.yml'),
        ),
      ),
    );
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
    expect(new Set(await historyOf(cloud.hosts[0]?.name ?? ''))).toEqual(new Set([30]));
    expect((await peaks()).peaks).toEqual([30, 30, 30, 30]);
  });

  it('idle-dropped: no CPU, and a reason that names the mode and the setting', async () => {
    served.serve(
      withNodes((hosts) =>
        relabeled(
          hosts.flatMap(({ name }) => scraped(name)),
          input('idle-dropped.yml'),
        ),
      ),
    );
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual([null, null, null, null]);
    expect(reasons[0]).toBe('Its exporter reports no mode=idle (see METRICS_IDLE_MODES)');
    expect((await examined('host-metrics')).fix).toContain('METRICS_IDLE_MODES');
  });

  it('pilot-exporter-hides-ceilometer: each VM from the source that has it', async () => {
    const { cloud, occupancy } = served.serve(withVms(() => []));
    const [host] = cloud.hosts;
    const ids = (host ? occupancy.guests(host, Date.now()) : []).filter(({ status }) => status === 'ACTIVE');
    const text = input('pilot-exporter-hides-ceilometer.txt').replaceAll(
      /00000000-0000-4000-8000-00000000000(\d)/g,
      (_, i: string) => ids[Number(i) - 1]?.id ?? '',
    );
    served.serve(withVms(() => recorded(text, (name) => (name === 'ceilometer_cpu' ? 5e8 : 1.5))));
    const { body } = await ask('host', { params: { name: host?.name ?? '' } });
    const servers: HostServer[] = body.servers;
    const coresOf = (i: number) => servers.find(({ id }) => id === ids[i]?.id)?.cpu_cores;
    expect([coresOf(0), coresOf(1)]).toEqual([1.5, 0.5]);
  });
});
