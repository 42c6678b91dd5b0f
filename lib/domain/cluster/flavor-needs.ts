import type { SceneVm } from '@/lib/contract/v1/scene';
import type { ServerFlavor } from '@/lib/openstack/records';
import { GIB, MIB } from '@/lib/units';

/** What a flavor requires of a host, by its sizes and extra specs. */
export type FlavorNeeds = Pick<
  SceneVm,
  'resources' | 'required_traits' | 'forbidden_traits' | 'aggregate_specs' | 'live_obstacles'
>;

const NO_NEEDS: FlavorNeeds = {
  resources: {},
  required_traits: [],
  forbidden_traits: [],
  aggregate_specs: {},
  live_obstacles: [],
};

/** https://docs.openstack.org/nova/latest/configuration/extra-specs.html */
export function needsOf(flavor: ServerFlavor | null): FlavorNeeds {
  if (flavor === null) return NO_NEEDS;
  const specs = Object.entries(flavor.extraSpecs);
  const traits = (wanted: string) =>
    specs.flatMap(([key, value]) => {
      const found = /^trait[^:]*:(.+)$/.exec(key);
      return found?.[1] && value === wanted ? [found[1]] : [];
    });
  return {
    resources: resourcesOf(flavor, specs),
    required_traits: traits('required'),
    forbidden_traits: traits('forbidden'),
    aggregate_specs: Object.fromEntries(specs.flatMap(aggregateSpec)),
    live_obstacles: obstaclesOf(flavor.extraSpecs),
  };
}

/** The flavor's sizes, and what `resources:` sets or adds; 0 removes a class. */
function resourcesOf(flavor: ServerFlavor, specs: [string, string][]): Record<string, number> {
  const dedicated = flavor.extraSpecs['hw:cpu_policy'] === 'dedicated';
  const resources: Record<string, number> = {
    [dedicated ? 'PCPU' : 'VCPU']: flavor.vcpus,
    MEMORY_MB: Math.ceil(flavor.ramBytes / MIB),
    DISK_GB: Math.ceil(flavor.diskBytes / GIB),
  };
  for (const [key, value] of specs) {
    const found = /^resources([^:]*):(.+)$/.exec(key);
    const amount = Number(value);
    if (!found?.[2] || !Number.isInteger(amount) || amount < 0) continue;
    resources[found[2]] = found[1] === '' ? amount : (resources[found[2]] ?? 0) + amount;
  }
  return Object.fromEntries(Object.entries(resources).filter(([, amount]) => amount > 0));
}

const AGGREGATE_SCOPE = 'aggregate_instance_extra_specs:';

/** Aggregates have to match keys with this scope, and keys without a scope. */
function aggregateSpec([key, value]: [string, string]): [string, string][] {
  if (key.startsWith(AGGREGATE_SCOPE)) return [[key.slice(AGGREGATE_SCOPE.length), value]];
  return key.includes(':') ? [] : [[key, value]];
}

function obstaclesOf(specs: Record<string, string>): SceneVm['live_obstacles'] {
  const has = (key: string) => specs[key] !== undefined;
  const obstacles: [SceneVm['live_obstacles'][number], boolean][] = [
    ['encrypted-memory', specs['hw:mem_encryption']?.toLowerCase() === 'true'],
    ['tpm', has('hw:tpm_version') || has('hw:tpm_model')],
    ['pci', has('pci_passthrough:alias')],
    ['vgpu', Object.keys(specs).some((key) => /^resources[^:]*:VGPU$/.test(key))],
  ];
  return obstacles.filter(([, stands]) => stands).map(([obstacle]) => obstacle);
}
