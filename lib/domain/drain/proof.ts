import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { Scene, SceneVm } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import type { ApprovedMove } from '../careful/careful-run';
import { describeHosts } from '../projection/figures';
import { finish, type Paused } from '../projection/walk';
import { endWave, stateOf } from '../projection/world';
import { type Context, openContext } from '../review/context';
import { openPlaces, type Places } from '../review/obstacles';
import { type Assumed, placeVm } from '../review/placing';
import { noVariant } from '../review/variant';
import { type Way, wayOf } from './way';

/**
 * The proof that a host can be drained: a place for each of its VMs before the first one moves, each checked in the cloud that
 * the moves before it leave. The search takes what fits best and never turns back, so it may find no place where one exists.
 */
export type DrainProof = {
  host: string;
  /** In the order in which they move; those that block come first. */
  vms: DrainVm[];
  /** Every host now, and once all VMs that have a place have left. */
  hosts: ProjectedHost[];
};

export type DrainVm = {
  id: string;
  name: string;
  projectId: string;
  flavor: string | null;
  kind: Way['kind'];
  /** Whether it blocks because no place was found for it. */
  isUnplaced: boolean;
  /** Why it blocks or must be shut down; empty for VMs that simply move. */
  text: string;
  /** Who can change that; null for VMs that move. */
  who: string | null;
  /** Where it would go, and what was found about it; null if it blocks. */
  move: ReviewedMove | null;
  /** Hosts on which it fits before anything moves; null if that was not counted. */
  places: Places | null;
};

/** As many moves as Watcher begins at once. */
const AT_ONCE = 2;

type Wanted = { vm: SceneVm; way: Way; places: Places };

/** @param scene with all VMs of the host */
export const proveDrain = (scene: Scene, host: string): DrainProof => finish(proveInSteps(scene, host));

/** The same with pauses between VMs: a hundred of them and hundreds of hosts take a server too long at once. */
export function* proveInSteps(scene: Scene, host: string): Paused<DrainProof> {
  const context = openContext(scene, { ...noVariant(), empty: [host] });
  const there = scene.vms.filter((vm) => vm.host === host);
  const isDown = stateOf(context.world, host)?.host.state === 'down';
  const stuck: DrainVm[] = [];
  const wanted: Wanted[] = [];
  const placesOf = openPlaces(context);
  yield;
  for (const vm of there) {
    const way = isDown ? DOWN : wayOf(vm, scene.checks_moves);
    if (way.kind === 'blocks') stuck.push(blocking(vm, way));
    else wanted.push({ vm, way, places: placesOf(vm, { live: way.kind === 'live', source: host }) });
    yield;
  }
  const placed = yield* placeAll(context, host, wanted.sort(byTightness));
  const vms = [...stuck, ...placed];
  return {
    host,
    vms: [...vms.filter(({ kind }) => kind === 'blocks'), ...vms.filter(({ kind }) => kind !== 'blocks')],
    hosts: describeHosts(context.world),
  };
}

const DOWN: Way = {
  kind: 'blocks',
  text: 'Its host is down: Nova can only evacuate it.',
  who: 'Bring the host up first, or evacuate it with Nova.',
};

/**
 * What fits on the fewest hosts first, then the largest. VMs that must be shut down come last: if nobody allows that, the
 * others still go where they were proven to fit.
 */
const byTightness = (a: Wanted, b: Wanted): number =>
  Number(a.way.kind === 'cold') - Number(b.way.kind === 'cold') ||
  a.places.fits - b.places.fits ||
  (b.vm.ram ?? 0) - (a.vm.ram ?? 0) ||
  (a.vm.id < b.vm.id ? -1 : 1);

function* placeAll(context: Context, host: string, wanted: Wanted[]): Paused<DrainVm[]> {
  const assumed: Assumed = new Map();
  let begun = 0;
  const placed: DrainVm[] = [];
  for (const { vm, way, places } of wanted) {
    yield;
    if (begun > 0 && begun % AT_ONCE === 0) endWave(context.world);
    const live = way.kind === 'live';
    const wave = 1 + Math.floor(begun / AT_ONCE);
    const move = placeVm(context, vm, { source: host, wave, assumed, live, strict: true });
    const why = move.reasons.find(({ verdict }) => verdict === 'would-fail');
    if (why !== undefined || move.destination === null) {
      placed.push({ ...blocking(vm, noPlace(places)), isUnplaced: true, places });
      continue;
    }
    begun++;
    placed.push({ ...described(vm), kind: way.kind, text: way.text, who: null, move, places });
  }
  endWave(context.world);
  return placed;
}

const described = ({ id, name, project_id: projectId, flavor }: SceneVm) => ({
  id,
  name,
  projectId,
  flavor,
  isUnplaced: false,
});

const blocking = (vm: SceneVm, { text, who }: Pick<Way, 'text' | 'who'>): DrainVm => ({
  ...described(vm),
  kind: 'blocks',
  text,
  who,
  move: null,
  places: null,
});

/** It fits nowhere to begin with, or those before it took its place. */
const noPlace = ({ fits, others }: Places): Pick<Way, 'text' | 'who'> =>
  fits === 0
    ? {
        text: `No place was found: ${others || 'there is no other host'}.`,
        who: 'It needs another host, or room on one.',
      }
    : {
        text: `No place was found: it fits on ${fits === 1 ? 'one host' : `${fits} hosts`} now, which the VMs before it fill.`,
        who: 'It needs another host, or room on one.',
      };

/** The moves to carry out. @param shutDown ids of VMs that may be shut down to move */
export const movesOf = ({ host, vms }: DrainProof, shutDown: ReadonlySet<string>): ApprovedMove[] =>
  vms.flatMap(({ id, name, kind, move }) =>
    move?.destination && (kind !== 'cold' || shutDown.has(id))
      ? [{ vmId: id, vmName: name, source: host, destination: move.destination, live: move.live }]
      : [],
  );

/** VMs that stay until somebody decides or changes something. */
export const staysOf = ({ vms }: DrainProof, shutDown: ReadonlySet<string>): DrainVm[] =>
  vms.filter(({ id, kind }) => kind === 'blocks' || (kind === 'cold' && !shutDown.has(id)));
