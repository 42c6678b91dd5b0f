import { groupBy } from '@/lib/group-by';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { Certainty } from './host-names';
import { bestOf, type Candidate, groupByMachine } from './machines';
import type { Claim, Claimant } from './target-claims';

/** Several machines answer to the name of a host, or the only one may be another cloud's. */
export type HostConflict = {
  machines: NodeTarget[];
  /** Labels that tell them apart, the most telling first. */
  labels: string[];
  /** Values of the first of these labels; empty for a target without it. */
  sides: string[];
};

export type Contest = {
  /** One target per service host. */
  hosts: Map<string, NodeTarget>;
  /** Hosts that have no target because of a conflict. */
  conflicts: Map<string, HostConflict>;
  losers: { host: string; target: NodeTarget }[];
  /** Hosts that more than one target reports, in any order. */
  duplicates: string[];
};

const RANKS: Record<Certainty, number> = { unique: 0, exact: 1, alike: 2 };
const rankOf = ({ certainty, sharers }: Claim): number => RANKS[certainty] + (sharers ? 10 : 0);

/** A target and the host that it claims at the moment. */
type Entry = { claimant: Claimant; claim: Claim };

/** Gives each host the machine whose name is the most certain. Those that lose a host may have the next one they claim. */
export function contest(claimants: Claimant[]): Contest {
  let entries = claimants.flatMap((claimant): Entry[] => {
    const [claim] = claimant.claims;
    return claim ? [{ claimant, claim }] : [];
  });
  for (;;) {
    const decided = decideAll(entries);
    const next = new Map(decided.losers.map((entry) => [entry.claimant, nextClaim(entry)]));
    if (![...next.values()].some((claim) => claim !== undefined)) return withoutOtherSites(decided, entries);
    entries = entries.map(({ claimant, claim }) => ({ claimant, claim: next.get(claimant) ?? claim }));
  }
}

function nextClaim({ claimant: { claims }, claim }: Entry): Claim | undefined {
  return claims.slice(claims.indexOf(claim) + 1).find(({ host }) => host !== claim.host);
}

type Decided = { winners: Map<string, Entry[]>; conflicts: Map<string, Entry[]>; losers: Entry[] };

function decideAll(entries: Entry[]): Decided {
  const decided: Decided = { winners: new Map(), conflicts: new Map(), losers: [] };
  for (const [host, own] of groupByHost(entries)) {
    const [only] = own;
    if (only && own.length === 1) {
      (only.claim.sharers ? decided.conflicts : decided.winners).set(host, own);
      continue;
    }
    const best = Math.min(...own.map(({ claim }) => rankOf(claim)));
    const machines = groupByMachine(own.map((entry) => ({ ...entry.claimant, entry })));
    const strongest = machines.filter((machine) => machine.some(({ entry }) => rankOf(entry.claim) === best));
    const weaker = machines.filter((machine) => !strongest.includes(machine));
    const ofStrongest = strongest.flatMap((machine) => machine.map(({ entry }) => entry));
    // A name that several machines share names none of them, even if the others have better names.
    const isCertain = strongest.length === 1 && !ofStrongest.every(({ claim }) => claim.sharers);
    (isCertain ? decided.winners : decided.conflicts).set(host, ofStrongest);
    decided.losers.push(...weaker.flatMap((machine) => machine.map(({ entry }) => entry)));
  }
  return decided;
}

const groupByHost = (entries: Entry[]): Map<string, Entry[]> => groupBy(entries, ({ claim }) => claim.host);

/** Where machines of two sites answer to the same names, a host that only one machine answers to may be the other site's. */
function withoutOtherSites(decided: Decided, entries: Entry[]): Contest {
  const conflicts = new Map(
    [...decided.conflicts].map(([host, own]) => [
      host,
      conflictOf(own.flatMap(({ claimant, claim }) => claim.sharers ?? [claimant])),
    ]),
  );
  const coverage = siteCoverage([...conflicts.values()], entries);
  const contested = new Set([...conflicts.values()].flatMap(({ machines }) => machines));
  const hosts = new Map<string, NodeTarget>();
  const duplicates: string[] = [];
  for (const [host, own] of decided.winners) {
    const target = bestOf(own.map(({ claimant }) => claimant))?.target;
    if (!target) continue;
    if (own.length > 1) duplicates.push(host);
    const site = [...coverage].find(([label, counts]) => mayBeOtherSite(target.labels[label] ?? '', counts));
    if (!site || contested.has(target)) hosts.set(host, target);
    else conflicts.set(host, { machines: [target], labels: [site[0]], sides: [...site[1].keys()] });
  }
  const losers = decided.losers.map(({ claimant, claim }) => ({ host: claim.host, target: claimant.target }));
  return { hosts, conflicts, losers, duplicates };
}

function conflictOf(candidates: Candidate[]): HostConflict {
  const machines = [...new Set(candidates.map(({ target }) => target))];
  const names = [...new Set(machines.flatMap(({ labels }) => Object.keys(labels)))];
  const differing = names.filter((name) => new Set(machines.map(({ labels }) => labels[name] ?? '')).size > 1);
  const usual = candidates[0]?.usualLabels ?? [];
  const telling = differing.filter((name) => !usual.includes(name));
  const labels = telling.length > 0 ? telling : differing.includes('job') ? ['job'] : differing;
  return { machines, labels, sides: [...new Set(machines.map((target) => target.labels[labels[0] ?? ''] ?? ''))] };
}

/** For each label that tells machines in conflict apart: on how many hosts' names the machines with each value answer. */
function siteCoverage(conflicts: HostConflict[], entries: Entry[]): Map<string, Map<string, number>> {
  const coverage = new Map<string, Map<string, number>>();
  for (const { labels, machines } of conflicts) {
    for (const label of labels) {
      const counts = coverage.get(label) ?? new Map<string, number>();
      for (const target of machines) counts.set(target.labels[label] ?? '', 0);
      coverage.set(label, counts);
    }
  }
  const hosts = coverage.size === 0 ? [] : [...groupByHost(entries).values()];
  for (const [label, counts] of coverage) {
    for (const own of hosts) {
      for (const value of new Set(own.map(({ claimant }) => claimant.target.labels[label] ?? ''))) {
        const count = counts.get(value);
        if (count !== undefined) counts.set(value, count + 1);
      }
    }
  }
  return coverage;
}

/** A site that answers to twice as many names of hosts as any other is this cloud's. */
function mayBeOtherSite(value: string, counts: Map<string, number>): boolean {
  const own = counts.get(value);
  if (own === undefined) return false;
  const others = [...counts].filter(([other]) => other !== value).map(([, count]) => count);
  return own < 2 * Math.max(0, ...others);
}
