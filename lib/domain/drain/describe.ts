import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { ProjectView } from '@/lib/contract/v1/projects';
import type { Scene } from '@/lib/contract/v1/scene';
import { percent } from '../cluster/capacity';
import { hostLevel } from '../cluster/levels';
import { openRules } from '../review/rules';
import { projectInScene } from '../review/scene-projects';
import type { Headroom } from './headroom';
import type { DrainProof, DrainVm } from './proof';
import { lineOf, titleOf } from './words';

/** A proof as it is shown. */

type Described = Pick<
  DrainView,
  'title' | 'line' | 'vms' | 'counts' | 'ram_to_copy' | 'zone' | 'flavor' | 'now' | 'after' | 'unchecked'
>;

/** The zone now and afterwards; null if what VMs need and hosts have is not known. */
export type ZoneRoom = { flavor: string | null; now: Headroom | null; after: Headroom | null };

/** @param scene that it was proven in */
export function describeProof(proof: DrainProof, scene: Scene, room: ZoneRoom): Described {
  const { vms } = proof;
  const byHost = new Map(proof.hosts.map((host) => [host.host, host]));
  const rules = openRules(scene);
  const zone = rules.zoneOf(proof.host);
  const inZone = proof.hosts.filter(({ host }) => rules.zoneOf(host) === zone);
  const targets = new Set(vms.flatMap(({ move }) => move?.destination ?? []));
  const live = vms.filter(({ kind }) => kind === 'live').map(ramToCopy);
  const count = (kind: DrainVm['kind']) => vms.filter((vm) => vm.kind === kind).length;
  return {
    title: titleOf(proof),
    line: lineOf(proof),
    vms: vms.map((vm) => ({ ...describeVm(vm, byHost), ...projectInScene(scene.projects, vm.projectId) })),
    counts: {
      all: vms.length,
      fit: vms.length - count('blocks'),
      blocks: count('blocks'),
      cold: count('cold'),
      live: count('live'),
      off: count('off'),
    },
    ram_to_copy: live.reduce<number | null>((sum, ram) => (sum === null || ram === null ? null : sum + ram), 0),
    zone,
    flavor: room.flavor,
    now: { ...figuresOf(inZone, { targets, when: 'now', limits: scene.limits }), ...figuresOfRoom(room.now) },
    after: {
      ...figuresOf(
        inZone.filter(({ host }) => host !== proof.host),
        { targets, when: 'after', limits: scene.limits },
      ),
      ...figuresOfRoom(room.after),
    },
    unchecked: scene.unchecked,
  };
}

const ramToCopy = ({ kind, move }: DrainVm): number | null => (kind === 'live' ? (move?.ram_used ?? null) : null);

function describeVm(vm: DrainVm, byHost: Map<string, ProjectedHost>): Omit<DrainVmView, keyof ProjectView> {
  const { id, name, flavor, kind, text, who, move, places } = vm;
  const destination = move?.destination ?? null;
  return {
    id,
    name,
    flavor,
    kind,
    text: text || null,
    who,
    destination,
    destination_cpu_after: destination === null ? null : (byHost.get(destination)?.cpu_after ?? null),
    fits_on: places?.fits ?? null,
    fits_of: places?.of ?? null,
    others: places?.others || null,
    ram_to_copy: ramToCopy(vm),
    verdict: move?.verdict ?? null,
    reasons: move?.reasons ?? [],
    unchecked: move?.unchecked ?? [],
  };
}

type OfRoom = Pick<DrainView['now'], 'slots' | 'may_lose_host' | 'worst_loss'>;

const figuresOfRoom = (room: Headroom | null): OfRoom => ({
  slots: room?.slots ?? null,
  may_lose_host: room && room.worst === null,
  worst_loss: room?.worst ?? null,
});

type Shown = { targets: Set<string>; when: 'now' | 'after'; limits: Scene['limits'] };

function figuresOf(hosts: ProjectedHost[], { targets, when, limits }: Shown): Omit<DrainView['now'], keyof OfRoom> {
  const cpuOf = (host: ProjectedHost) => host[`cpu_${when}`];
  const loads = hosts.filter(({ host }) => targets.has(host)).flatMap((host) => cpuOf(host) ?? []);
  const known = hosts.filter((host) => host.vram_capacity !== null && host[`vram_${when}`] !== null);
  const sum = (amountOf: (host: ProjectedHost) => number | null) =>
    known.reduce((total, host) => total + (amountOf(host) ?? 0), 0);
  return {
    hosts_hot: hosts.filter((host) => hostLevel({ cpu: cpuOf(host), ram: host[`ram_${when}`] }, limits) === 'hot')
      .length,
    cpu_highest: loads.length === 0 ? null : Math.max(...loads),
    ram_allocated:
      known.length < hosts.length || known.length === 0
        ? null
        : percent(
            sum((host) => host[`vram_${when}`]),
            sum(({ vram_capacity: capacity }) => capacity),
          ),
  };
}
