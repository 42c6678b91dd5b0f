import type { Check, SceneVm } from '@/lib/contract/v1/scene';
import type { Reason, Verdict } from '@/lib/contract/v1/verdicts';
import { sayGrounds } from '../cluster/must-not-move';
import { classOn, positionOf } from '../projection/world';
import type { Context, ReviewedState } from './context';
import { aggregatesHave, type Rules } from './rules';

/** One move that is checked before it is applied. */
export type Attempt = { vm: SceneVm; live: boolean; destination: ReviewedState };

/** What the checks found: reasons against the move, and what could not be checked. */
export type Findings = { reasons: Reason[]; unchecked: Set<Check> };

export const openFindings = (): Findings => ({ reasons: [], unchecked: new Set() });

/** Adds a reason. */
export const say = (findings: Findings, check: Check, [verdict, text]: [Verdict, string]) =>
  findings.reasons.push({ check, verdict, text });

const LIVE_STATES = ['ACTIVE', 'PAUSED'];
const COLD_STATES = ['ACTIVE', 'SHUTOFF'];

const OBSTACLES: Record<SceneVm['live_obstacles'][number], [Verdict, string]> = {
  'encrypted-memory': ['would-fail', 'Its memory is encrypted (SEV), so Nova can’t migrate it live.'],
  tpm: ['warning', 'It has a virtual TPM: only newer Nova releases migrate it live, and only if its secret is stored.'],
  pci: ['warning', 'It uses a PCI device of its host: Nova migrates it live only if the device allows that.'],
  vgpu: ['warning', 'It has a virtual GPU: only newer Nova releases migrate it live, between identical cards.'],
};

/**
 * Whether Nova moves the VM this way at all, whatever the destination.
 * https://docs.openstack.org/api-ref/compute/#live-migrate-server-os-migratelive-action and #migrate-server-migrate-action
 */
export function checkVm(
  findings: Findings,
  vm: SceneVm,
  { live, checksMoves = null }: { live: boolean; checksMoves?: boolean | null },
): void {
  const states = live ? LIVE_STATES : COLD_STATES;
  if (!states.includes(vm.status)) {
    const how = live ? 'live' : 'cold';
    say(findings, 'vm', [
      'would-fail',
      `Nova migrates a VM ${how} only while it is ${states.join(' or ')}; this one is ${vm.status}.`,
    ]);
  }
  if (live && vm.status === 'PAUSED' && checksMoves !== false) {
    say(findings, 'vm', [
      checksMoves ? 'would-fail' : 'warning',
      'It is paused: Watcher from 2026.1 on only moves VMs live that are ACTIVE.',
    ]);
  }
  if (vm.task_state !== null) {
    say(findings, 'vm', ['would-fail', `Nova is busy with it (${vm.task_state}) and refuses to move it until then.`]);
  }
  if (vm.must_not_move !== undefined)
    say(findings, 'vm', ['warning', `It must not move: ${sayGrounds(vm.must_not_move)}. Watcher does not know that.`]);
  if (vm.locked === null) findings.unchecked.add('locked');
  if (vm.locked) {
    say(findings, 'locked', ['warning', 'It is locked. An admin can move it all the same; its owner may object.']);
  }
  if (!live) return;
  for (const obstacle of vm.live_obstacles) say(findings, 'live', OBSTACLES[obstacle]);
}

/** Volumes may be stored elsewhere than on the host's disks; CPUs, RAM and devices may not. */
export const MAY_BE_ELSEWHERE = 'DISK_GB';
export const UNLESS_VOLUME = ' This does not matter if it runs from a volume.';

/** Whether Nova's scheduler considers the host at all. */
export function checkDestination(findings: Findings, { drained }: Context, { destination }: Attempt): void {
  const { host, status } = destination;
  if (host.state === 'down') say(findings, 'destination', ['would-fail', `${host.name} is down.`]);
  if (host.state === 'unknown') findings.unchecked.add('destination');
  if (status === 'disabled' && host.status === 'disabled') {
    const why = host.disabled_reason ? `: ${host.disabled_reason}` : '';
    say(findings, 'destination', ['would-fail', `${host.name} is disabled${why}. Nova places no VMs on it.`]);
  } else if (status === 'disabled') {
    say(findings, 'destination', ['would-fail', `This plan disables ${host.name} before this move.`]);
  }
  if (host.draining) say(findings, 'destination', ['warning', `${host.name} would be drained: ${host.draining}.`]);
  if (drained.has(host.name)) say(findings, 'destination', ['warning', `This variant drains ${host.name}.`]);
}

/** Whether Placement has room left: https://docs.openstack.org/api-ref/placement/#resource-provider-inventories */
export function checkFit(findings: Findings, { vm, destination }: Attempt): void {
  const { inventories, name } = destination.host;
  // Without a flavor the VM seems to need nothing.
  if (inventories === null || vm.flavor === null) {
    findings.unchecked.add('fit');
    return;
  }
  for (const [resource, amount] of Object.entries(vm.resources)) {
    if (amount === 0) continue;
    const known = classOn(destination.host, resource);
    const inventory = inventories[known];
    if (inventory === null) {
      // Disks are often outside the host, where no class counts them.
      if (known !== MAY_BE_ELSEWHERE) findings.unchecked.add('fit');
      continue;
    }
    if (!inventory) {
      if (known !== MAY_BE_ELSEWHERE) say(findings, 'fit', ['would-fail', `${name} has no ${resource}.`]);
      continue;
    }
    const used = destination.used.get(known) ?? 0;
    const verdict = known === MAY_BE_ELSEWHERE ? 'warning' : 'would-fail';
    const unless = known === MAY_BE_ELSEWHERE ? UNLESS_VOLUME : '';
    if (amount > inventory.max_unit) {
      const most = `${name} allows at most ${inventory.max_unit} ${known} per VM`;
      say(findings, 'fit', [verdict, `${most}; this one needs ${amount}.${unless}`]);
    } else if (used + amount > inventory.capacity) {
      const left = `${Math.max(0, inventory.capacity - used)} of ${inventory.capacity} ${known}`;
      say(findings, 'fit', [verdict, `${name} will have ${left} left by then; the VM needs ${amount}.${unless}`]);
    }
  }
}

/** Zone, aggregates, traits and server groups: what the scheduler's filters look at. */
export function checkRules(findings: Findings, context: Context, attempt: Attempt): void {
  const { rules, skip, world } = context;
  if (skip.has('zone')) findings.unchecked.add('zone');
  else checkZone(findings, rules, attempt);
  if (skip.has('aggregate')) findings.unchecked.add('aggregate');
  else checkAggregates(findings, rules, { ...attempt, source: positionOf(world, attempt.vm) });
  if (skip.has('traits')) {
    if (attempt.vm.required_traits.length + attempt.vm.forbidden_traits.length > 0) findings.unchecked.add('traits');
  } else checkTraits(findings, attempt);
  if (skip.has('group')) findings.unchecked.add('group');
  else checkGroups(findings, context, attempt);
}

function checkZone(findings: Findings, rules: Rules, { vm, destination }: Attempt): void {
  const { name } = destination.host;
  const zone = rules.zoneOf(name);
  if (vm.pinned_zone !== undefined) {
    if (vm.pinned_zone !== null && vm.pinned_zone !== zone) {
      say(findings, 'zone', ['would-fail', `It was requested in zone ${vm.pinned_zone}; ${name} is in ${zone}.`]);
    }
  } else if (vm.zone !== null && vm.zone !== zone) {
    const crossing = `It would move from zone ${vm.zone} to ${zone}.`;
    const unless = 'Nova refuses this if the zone was requested, which it reports only since 2024.1.';
    say(findings, 'zone', ['warning', `${crossing} ${unless}`]);
  }
}

function checkAggregates(
  findings: Findings,
  rules: Rules,
  { vm, destination, source }: Attempt & { source: string | null },
): void {
  const { name } = destination.host;
  const there = rules.aggregatesOf(name);
  for (const [key, wish] of Object.entries(vm.aggregate_specs)) {
    const has = aggregatesHave(there, key, wish);
    if (has === null) findings.unchecked.add('aggregate');
    // If its own host does not meet the requirement either, Nova evidently does not enforce it.
    if (has !== false || (source !== null && aggregatesHave(rules.aggregatesOf(source), key, wish) === false)) continue;
    const wants = `Its flavor requires an aggregate with ${key}=${wish}; ${name} is in none.`;
    say(findings, 'aggregate', ['warning', `${wants} Nova refuses this if its filter for aggregates is on.`]);
  }
  for (const { metadata, name: aggregate } of there) {
    const owners = Object.keys(metadata).filter((key) => key.startsWith('filter_tenant_id'));
    const projects = owners.flatMap((key) => (metadata[key] ?? '').split(',')).map((project) => project.trim());
    if (owners.length > 0 && !projects.includes(vm.project_id)) {
      const text = `${name} is in aggregate ${aggregate}, which is reserved for other projects.`;
      say(findings, 'aggregate', ['warning', text]);
    }
  }
}

function checkTraits(findings: Findings, { vm, destination }: Attempt): void {
  const { name, traits } = destination.host;
  for (const trait of vm.required_traits) {
    if (traits.includes(trait)) continue;
    say(findings, 'traits', ['would-fail', `Its flavor requires the trait ${trait}; ${name} does not have it.`]);
  }
  for (const trait of vm.forbidden_traits) {
    if (!traits.includes(trait)) continue;
    say(findings, 'traits', ['would-fail', `Its flavor forbids the trait ${trait}; ${name} has it.`]);
  }
}

function checkGroups(findings: Findings, { world, rules }: Context, { vm, destination }: Attempt): void {
  const there = destination.host.name;
  for (const { name, policy, max_per_host: most, members } of rules.groupsOf(vm.groups)) {
    const others = members.filter(({ id }) => id !== vm.id);
    const isThere = (member: { id: string; host: string | null }) => {
      const moved = world.positions.get(member.id);
      return (moved === undefined ? member.host : moved) === there || world.departing.get(member.id) === there;
    };
    const together = others.filter(isThere);
    const verdict = policy.startsWith('soft-') ? 'warning' : 'would-fail';
    if (policy.endsWith('anti-affinity')) {
      if (together.length < most) continue;
      const names = together.map(({ id }) => world.vms.get(id)?.name ?? id).slice(0, 2);
      const who = `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} on ${there}`;
      say(findings, 'group', [verdict, `Server group ${name} keeps its VMs apart; ${who}.`]);
    } else if (policy.endsWith('affinity')) {
      const placed = others.filter((member) => (world.positions.get(member.id) ?? member.host) !== null);
      if (placed.length === 0 || together.length > 0) continue;
      const text = `Server group ${name} keeps its VMs together; none of the others is on ${there}.`;
      say(findings, 'group', [verdict, text]);
    }
  }
}
