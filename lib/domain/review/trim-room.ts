import type { SceneStep, SceneVm } from '@/lib/contract/v1/scene';
import { isMove } from '../plans/steps';
import { destinationOf, isApplied, isUnderWay, type WalkedMove, walkPlan } from '../projection/walk';
import { openWorld, stateOf } from '../projection/world';
import { checkFit, checkRules, openFindings } from './checks';
import type { Context } from './context';
import { arrivesAt, leaves, type Unit } from './trim-units';

/** Whether moves still work if only some units of a plan run, by the checks of the review itself. */
export type Room = {
  /**
   * Units that have to run before this one, besides those that run already, in order; null if it would fail with any, or
   * needs more than a few: then its turn comes once some of them run.
   */
  helpersOf(unit: Unit, running: ReadonlySet<Unit>): Unit[] | null;
  /** Those of the running units without which this one would fail. */
  needsOf(unit: Unit, running: ReadonlySet<Unit>): Unit[];
};

/** So that a chain of full hosts doesn't cost the square of its length. */
const MOST_HELPERS = 4;

const NO_HELP: Unit[] = [];

type Runs = (unit: Unit) => boolean;

/** A step, where it stands in the plan, and the unit it belongs to; null for one that runs in any case. */
type OwnStep = { at: number; step: SceneStep; unit: Unit | null };

/** @param steps of the plan with everything that can run */
export function openRoom(context: Context, steps: SceneStep[], units: Unit[]): Room {
  const stepsAt = stepsByHost(context, steps, units);
  const unitsAt = (host: string): Unit[] => [
    ...new Set((stepsAt.get(host) ?? []).flatMap(({ unit }) => (unit === null ? [] : [unit]))),
  ];
  const works = (host: string, runs: Runs): boolean => {
    const own = (stepsAt.get(host) ?? []).filter(({ unit }) => unit === null || runs(unit));
    return allWork(context, host, own);
  };

  const tight = new Map<string, boolean>();
  /** Other hosts have room for all that arrives even if nothing leaves, and are never looked at again: nearly all of them. */
  function isTight(host: string): boolean {
    const known = tight.get(host);
    if (known !== undefined) return known;
    const arriving = unitsAt(host).filter((unit) => arrivesAt(unit, host));
    const isSpecial = arriving.some((unit) => leaves(unit, host) || staysTogether(context, unit));
    const isAlone = (stepsAt.get(host) ?? []).every(({ unit }) => unit !== null);
    const hasRoom = (isAlone && isRoomy(context, host, arriving)) || works(host, (unit) => arriving.includes(unit));
    const made = isSpecial || !hasRoom;
    tight.set(host, made);
    return made;
  }

  function findHelp(host: string, runs: Runs): Unit[] {
    const spare = unitsAt(host).filter((unit) => !runs(unit) && !unit.fails);
    const worksWith = (more: Unit[]) => works(host, (unit) => runs(unit) || more.includes(unit));
    const one = spare.find((unit) => worksWith([unit]));
    if (one) return [one];
    const leaving = spare.filter((unit) => leaves(unit, host));
    if (!worksWith(leaving)) return [];
    return leaving.reduce((kept, unit) => {
      const fewer = kept.filter((other) => other !== unit);
      return worksWith(fewer) ? fewer : kept;
    }, leaving);
  }

  return {
    helpersOf(unit, running) {
      if (!unit.places.some(isTight)) return NO_HELP;
      const added = new Set([unit]);
      const runs = (one: Unit) => running.has(one) || added.has(one);
      for (;;) {
        const full = [...added].flatMap(({ places }) => places).find((host) => isTight(host) && !works(host, runs));
        // What helps a helper has to run before it.
        if (full === undefined) return [...added].reverse().slice(0, -1);
        const help = findHelp(full, runs);
        if (help.length === 0 || added.size > MOST_HELPERS) return null;
        for (const one of help) added.add(one);
      }
    },
    needsOf(unit, running) {
      const runs = (one: Unit) => one === unit || running.has(one);
      return unit.places.flatMap((host) =>
        isTight(host) && works(host, runs)
          ? unitsAt(host).filter(
              (other) => other !== unit && running.has(other) && !works(host, (one) => runs(one) && one !== other),
            )
          : [],
      );
    },
  };
}

/** Whether every move to a host works; those that would fail anyway say nothing about its room. */
function allWork(context: Context, host: string, own: OwnStep[]): boolean {
  const failing = new Set(own.flatMap(({ step, unit }) => (unit?.fails ? [step] : [])));
  const world = openWorld(context.world.start, context.world.vms);
  const visit = ({ step, vm, problem }: WalkedMove<SceneVm>): boolean => {
    const destination = stateOf(world, host);
    const isChecked = step.destination === host && isApplied(problem) && !isUnderWay(step) && !failing.has(step);
    if (!isChecked || !vm || !destination) return true;
    const findings = openFindings();
    const attempt = { vm, live: step.live, destination };
    checkFit(findings, attempt);
    checkRules(findings, { ...context, world }, attempt);
    return findings.reasons.every(({ verdict }) => verdict !== 'would-fail');
  };
  const steps = own.map(({ step }) => step);
  return walkPlan(world, steps, { basis: 'now', visit }).every((works) => works);
}

/**
 * Whether a host certainly has room for units, by sums alone and because no two VMs of a server group meet: quicker than asking
 * the checks, which decide if it is not.
 */
function isRoomy({ world, rules }: Context, name: string, arriving: Unit[]): boolean {
  const inventories = stateOf(world, name)?.host.inventories;
  if (!inventories || arriving.some(({ vm }) => !vm)) return false;
  const ids = new Set(arriving.map(({ vmId }) => vmId));
  const meets = ({ vm, vmId }: Unit) =>
    rules
      .groupsOf(vm?.groups ?? [])
      .some(({ members }) => members.some(({ id, host }) => id !== vmId && (host === name || ids.has(id))));
  if (arriving.some(meets)) return false;
  const needed = new Map<string, number>();
  for (const { vm } of arriving) {
    for (const [resource, amount] of Object.entries(vm?.resources ?? {})) {
      needed.set(resource, (needed.get(resource) ?? 0) + amount);
    }
  }
  return [...needed].every(([resource, amount]) => {
    const inventory = inventories[resource];
    return inventory ? inventory.used + amount <= inventory.capacity : false;
  });
}

/** With affinity, a VM depends on what arrives before it. */
const staysTogether = ({ rules }: Context, { vm }: Unit): boolean =>
  rules.groupsOf(vm?.groups ?? []).some(({ policy }) => policy === 'affinity');

/** The steps that change each host, in execution order, with all other steps of their VMs. */
function stepsByHost({ world }: Context, steps: SceneStep[], units: Unit[]): Map<string, OwnStep[]> {
  const unitOf = new Map(units.flatMap((unit) => unit.numbers.map((number) => [number, unit] as const)));
  const ofVm = new Map<string, { hosts: Set<string>; steps: OwnStep[] }>();
  let number = 0;
  steps.forEach((step, at) => {
    const unit = isMove(step) ? (unitOf.get(++number) ?? null) : null;
    if ((step.kind !== 'migrate' && step.kind !== 'shutdown') || step.vm_id === null) return;
    const own = ofVm.get(step.vm_id) ?? { hosts: new Set(), steps: [] };
    ofVm.set(step.vm_id, own);
    own.steps.push({ at, step, unit });
    const places = step.kind === 'migrate' ? [step.source, destinationOf(step)] : [];
    for (const host of [world.vms.get(step.vm_id)?.host ?? null, ...places]) if (host !== null) own.hosts.add(host);
  });
  const byHost = new Map<string, OwnStep[]>();
  for (const { hosts, steps: own } of ofVm.values()) {
    for (const host of hosts) {
      const there = byHost.get(host) ?? [];
      byHost.set(host, there);
      there.push(...own);
    }
  }
  for (const own of byHost.values()) own.sort((a, b) => a.at - b.at);
  return byHost;
}
