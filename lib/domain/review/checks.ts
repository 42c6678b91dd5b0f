import type { Check, SceneVm } from '@/lib/contract/v1/scene';
import type { Reason, Verdict } from '@/lib/contract/v1/verdicts';
import { aggregatesHave, type Rules } from './rules';
import { classOn, type HostState, positionOf, type World } from './world';

/** One move that is looked at before it is applied to the world. */
export type Attempt = { vm: SceneVm; live: boolean; destination: HostState };

/** What a check found: reasons against the move, and what could not be looked at. */
export type Findings = { reasons: Reason[]; unchecked: Set<Check> };

export const openFindings = (): Findings => ({ reasons: [], unchecked: new Set() });

const say = (findings: Findings, check: Check, verdict: Verdict, text: string) =>
  findings.reasons.push({ check, verdict, text });

const LIVE_STATES = ['ACTIVE', 'PAUSED'];
const COLD_STATES = ['ACTIVE', 'SHUTOFF'];

const OBSTACLES: Record<SceneVm['live_obstacles'][number], [Verdict, string]> = {
  'encrypted-memory': ['would-fail', 'Its memory is encrypted (SEV): Nova can’t move it live.'],
  tpm: ['warning', 'It has a virtual TPM: Nova moves it live only in newer releases, and with the secret at hand.'],
  pci: ['warning', 'It has a PCI device of its host: Nova moves it live only where the device is marked for that.'],
  vgpu: ['warning', 'It has a virtual GPU: Nova moves it live only in newer releases, between equal cards.'],
};

/**
 * What Nova tells of the VM itself: whether it may be moved in this way at all.
 * https://docs.openstack.org/api-ref/compute/#live-migrate-server-os-migratelive-action and #migrate-server-migrate-action
 */
export function checkVm(findings: Findings, vm: SceneVm, live: boolean): void {
  const states = live ? LIVE_STATES : COLD_STATES;
  if (!states.includes(vm.status)) {
    const how = live ? 'live' : 'cold';
    say(
      findings,
      'vm',
      'would-fail',
      `Nova moves a VM ${how} only while it is ${states.join(' or ')}; it is ${vm.status}.`,
    );
  }
  if (vm.task_state !== null) {
    say(findings, 'vm', 'would-fail', `Nova is busy with it (${vm.task_state}) and refuses to move it meanwhile.`);
  }
  if (vm.locked === null) findings.unchecked.add('locked');
  if (vm.locked)
    say(
      findings,
      'locked',
      'warning',
      'It is locked. Nova lets an admin move it all the same; its owner may not want that.',
    );
  if (!live) return;
  for (const obstacle of vm.live_obstacles) say(findings, 'live', ...OBSTACLES[obstacle]);
}

/** Whether Nova's scheduler takes the host at all. */
export function checkDestination(findings: Findings, world: World, { destination }: Attempt): void {
  const { host, disabled } = destination;
  if (host.state === 'down') say(findings, 'destination', 'would-fail', `${host.name} is down.`);
  if (host.state === 'unknown') findings.unchecked.add('destination');
  if (disabled) {
    say(findings, 'destination', 'would-fail', `This plan disables ${host.name} before this move.`);
  } else if (host.status === 'disabled') {
    const why = host.disabled_reason ? `: ${host.disabled_reason}` : '';
    say(findings, 'destination', 'would-fail', `${host.name} is disabled${why}. Nova places nothing on it.`);
  }
  if (host.draining) say(findings, 'destination', 'warning', `${host.name} would be emptied: ${host.draining}.`);
  if (world.emptied.has(host.name)) say(findings, 'destination', 'warning', `${host.name} is emptied in this variant.`);
}

/** Volumes may be elsewhere than on the host's disks; CPUs, RAM and devices may not. */
const MAY_BE_ELSEWHERE = 'DISK_GB';

/** Whether Placement still has room: https://docs.openstack.org/api-ref/placement/#resource-provider-inventories */
export function checkFit(findings: Findings, { vm, destination }: Attempt): void {
  const { inventories, name } = destination.host;
  if (inventories === null) {
    findings.unchecked.add('fit');
    return;
  }
  for (const [resource, amount] of Object.entries(vm.resources)) {
    if (amount === 0) continue;
    const known = classOn(destination.host, resource);
    const inventory = inventories[known];
    if (!inventory) {
      if (known !== MAY_BE_ELSEWHERE) say(findings, 'fit', 'would-fail', `${name} offers no ${resource}.`);
      continue;
    }
    const used = destination.used.get(known) ?? 0;
    const verdict = known === MAY_BE_ELSEWHERE ? 'warning' : 'would-fail';
    const unless = known === MAY_BE_ELSEWHERE ? ' That matters unless it runs from a volume.' : '';
    if (amount > inventory.max_unit) {
      const most = `${name} gives one VM at most ${inventory.max_unit} ${known}`;
      say(findings, 'fit', verdict, `${most}; it needs ${amount}.${unless}`);
    } else if (used + amount > inventory.capacity) {
      const left = Math.max(0, inventory.capacity - used);
      say(
        findings,
        'fit',
        verdict,
        `${name} has ${left} of ${inventory.capacity} ${known} left by then; it needs ${amount}.${unless}`,
      );
    }
  }
}

/** Zone, aggregates, traits and server groups: what the scheduler's filters look at. */
export function checkRules(findings: Findings, world: World, rules: Rules, attempt: Attempt, skip: Set<Check>): void {
  if (skip.has('zone')) findings.unchecked.add('zone');
  else checkZone(findings, rules, attempt);
  if (skip.has('aggregate')) findings.unchecked.add('aggregate');
  else checkAggregates(findings, rules, attempt, positionOf(world, attempt.vm));
  checkTraits(findings, attempt, skip);
  if (skip.has('group')) findings.unchecked.add('group');
  else checkGroups(findings, world, rules, attempt);
}

function checkZone(findings: Findings, rules: Rules, { vm, destination }: Attempt): void {
  const zone = rules.zoneOf(destination.host.name);
  if (vm.pinned_zone !== undefined) {
    if (vm.pinned_zone !== null && vm.pinned_zone !== zone) {
      say(
        findings,
        'zone',
        'would-fail',
        `It was asked for in zone ${vm.pinned_zone}; ${destination.host.name} is in ${zone}.`,
      );
    }
  } else if (vm.zone !== null && vm.zone !== zone) {
    const crossing = `It would go from zone ${vm.zone} to ${zone}.`;
    say(
      findings,
      'zone',
      'warning',
      `${crossing} Nova refuses that where the zone was asked for, which it tells only from 2024.1 on.`,
    );
  }
}

function checkAggregates(findings: Findings, rules: Rules, { vm, destination }: Attempt, source: string | null): void {
  const { name } = destination.host;
  const there = rules.aggregatesOf(name);
  for (const [key, wish] of Object.entries(vm.aggregate_specs)) {
    const has = aggregatesHave(there, key, wish);
    if (has === null) findings.unchecked.add('aggregate');
    // Where its own host lacks it too, Nova evidently doesn't ask.
    if (has !== false || (source !== null && aggregatesHave(rules.aggregatesOf(source), key, wish) === false)) continue;
    const wants = `Its flavor asks for an aggregate with ${key}=${wish}; ${name} is in none.`;
    say(findings, 'aggregate', 'warning', `${wants} Nova refuses that where its filter for it is on.`);
  }
  for (const { metadata, name: aggregate } of there) {
    const owners = Object.keys(metadata).filter((key) => key.startsWith('filter_tenant_id'));
    const projects = owners.flatMap((key) => (metadata[key] ?? '').split(',')).map((project) => project.trim());
    if (owners.length > 0 && !projects.includes(vm.project_id)) {
      say(findings, 'aggregate', 'warning', `${name} is in aggregate ${aggregate}, which is kept for other projects.`);
    }
  }
}

function checkTraits(findings: Findings, { vm, destination }: Attempt, skip: Set<Check>): void {
  if (vm.required_traits.length + vm.forbidden_traits.length === 0) return;
  if (skip.has('traits')) {
    findings.unchecked.add('traits');
    return;
  }
  const { name, traits } = destination.host;
  for (const trait of vm.required_traits) {
    if (!traits.includes(trait))
      say(findings, 'traits', 'would-fail', `Its flavor needs the trait ${trait}; ${name} lacks it.`);
  }
  for (const trait of vm.forbidden_traits) {
    if (traits.includes(trait))
      say(findings, 'traits', 'would-fail', `Its flavor forbids the trait ${trait}; ${name} has it.`);
  }
}

function checkGroups(findings: Findings, world: World, rules: Rules, { vm, destination }: Attempt): void {
  const there = destination.host.name;
  for (const group of rules.groupsOf(vm.groups)) {
    const others = group.members.filter(({ id }) => id !== vm.id);
    const isThere = (member: { id: string; host: string | null }) => {
      const moved = world.positions.get(member.id);
      return (moved === undefined ? member.host : moved) === there || world.departing.get(member.id) === there;
    };
    const together = others.filter(isThere);
    const verdict = group.policy.startsWith('soft-') ? 'warning' : 'would-fail';
    if (group.policy.endsWith('anti-affinity')) {
      if (together.length < group.max_per_host) continue;
      const who = together.map(({ id }) => world.vms.get(id)?.name ?? id).slice(0, 2);
      say(
        findings,
        'group',
        verdict,
        `Server group ${group.name} keeps its VMs apart; ${who.join(' and ')} is on ${there}.`,
      );
    } else if (group.policy.endsWith('affinity')) {
      const placed = others.filter((member) => (world.positions.get(member.id) ?? member.host) !== null);
      if (placed.length > 0 && together.length === 0) {
        say(
          findings,
          'group',
          verdict,
          `Server group ${group.name} keeps its VMs together; none of the others is on ${there}.`,
        );
      }
    }
  }
}
