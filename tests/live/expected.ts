import type { Raw } from './raw';

/** What the dashboard should show, computed from the cloud's own responses. */

const MIB = 1024 ** 2;

/** The default windows of the product, for a cloud scraped every minute or more often. */
export const WINDOW = process.env.TRUTH_WINDOW ?? '5m';
const POLLED_WINDOW = '12m';

/** Samples may have come between the product's query and its note of the time. */
const AROUND = [-1, -0.5, 0, 0.5];

/** Values of a query for each host of Nova, whose target's instance begins with its name: one for each time around `at`. */
export async function perHost(raw: Raw, promql: string, at: number): Promise<Map<string, number[]>> {
  const values = new Map<string, number[]>();
  for (const offset of AROUND) {
    for (const { metric, value } of await raw.query(promql, at + offset)) {
      const host = String(metric.instance).replace(/:\d+$/, '');
      values.set(host, [...(values.get(host) ?? []), value]);
    }
  }
  return values;
}

/** Sums of a query over some hosts: one for each time around `at`. */
export async function sumsOver(
  hosts: string[],
  { raw, promql, at }: { raw: Raw; promql: string; at: number },
): Promise<number[]> {
  return Promise.all(
    AROUND.map(async (offset) =>
      (await raw.query(promql, at + offset))
        .filter(({ metric }) => hosts.includes(String(metric.instance).replace(/:\d+$/, '')))
        .reduce((all, { value }) => all + value, 0),
    ),
  );
}

/** Cores in use by VM id, as the libvirt exporter has them, else Ceilometer: all values of a few seconds. */
export async function coresOfVms(raw: Raw, at: number): Promise<Map<string, number[]>> {
  const values = new Map<string, number[]>();
  for (let time = at - 5; time <= at + 1; time += 1) {
    const exact = await raw.query(`sum by (uuid) (rate(libvirt_domain_info_cpu_time_seconds_total[${WINDOW}]))`, time);
    const polled = await raw.query(`sum by (resource) (rate(ceilometer_cpu[${POLLED_WINDOW}])) / 1e9`, time);
    const now = new Map(
      [...polled, ...exact].map(({ metric, value }) => [metric.uuid ?? metric.resource ?? '', value]),
    );
    for (const [id, value] of now) values.set(id, [...(values.get(id) ?? []), value]);
  }
  return values;
}

/** Placement's inventories and usages of each host, summed as contract and Placement define them. */
export async function allocations(raw: Raw) {
  const { resource_providers: providers } = (await raw.get('placement', '/resource_providers', '1.20')) as {
    resource_providers: { uuid: string; name: string }[];
  };
  const rows = new Map<string, Record<'vcpu' | 'vram', { capacity: number; base: number; used: number }>>();
  for (const { uuid, name: provider } of providers) {
    const [{ inventories }, { usages }] = (await Promise.all([
      raw.get('placement', `/resource_providers/${uuid}/inventories`, '1.20'),
      raw.get('placement', `/resource_providers/${uuid}/usages`, '1.20'),
    ])) as unknown as [{ inventories: Record<string, Record<string, number>> }, { usages: Record<string, number> }];
    const sum = (classes: string[], unit: number) => {
      const of = (value: (inventory: Record<string, number>) => number) =>
        classes.reduce((all, one) => all + (inventories[one] ? value(inventories[one]) : 0), 0);
      return {
        capacity: unit * of((i) => Math.floor(((i.total ?? 0) - (i.reserved ?? 0)) * (i.allocation_ratio ?? 1))),
        base: unit * of((i) => (i.total ?? 0) - (i.reserved ?? 0)),
        used: unit * classes.reduce((all, one) => all + (usages[one] ?? 0), 0),
      };
    };
    rows.set(provider, { vcpu: sum(['VCPU', 'PCPU'], 1), vram: sum(['MEMORY_MB'], MIB) });
  }
  return rows;
}
