import type { NodeTarget } from '@/lib/prometheus/records';
import type { Certainty, NameMatch } from './host-names';
import { areDifferent, type Candidate } from './machines';

/** A name of a target: the value of a label, or its nodename. */
type TargetName = { label: string; value: string };

/** A host that a target may report, by one of its names. */
export type Claim = { host: string; certainty: Certainty; name: TargetName; isShared: boolean };

export type Claimant = Candidate & {
  /** Names of labels that all targets may have. */
  usualLabels: string[];
  names: TargetName[];
  /** The first name that no other machine has, or the first of all. */
  title: string;
  /** In the order in which they count. If all names that mean a host are shared with other machines, only those. */
  claims: Claim[];
};

/** @param resolve finds the hosts that a name may mean, the most likely first */
export function openClaims(
  targets: NodeTarget[],
  resolve: (name: string) => NameMatch[],
  hostLabels: string[],
): Claimant[] {
  const usual = [...new Set(['job', 'instance', ...hostLabels])];
  const candidates = targets.map((target) => ({
    target,
    usualLabels: usual,
    usual: JSON.stringify(usual.map((label) => target.labels[label] ?? '')),
    names: namesOf(target, usual, hostLabels),
  }));
  const isShared = findShared(candidates);
  return candidates.map((candidate) => {
    const claims = candidate.names.flatMap((name) =>
      resolve(name.value).map((match): Claim => ({ ...match, name, isShared: isShared(name) })),
    );
    const own = claims.filter((claim) => !claim.isShared);
    const { names } = candidate;
    const title = (names.find((name) => !isShared(name)) ?? names[0])?.value ?? 'a target without labels';
    return { ...candidate, title, claims: own.length > 0 ? own : claims };
  });
}

function namesOf({ labels, nodename }: NodeTarget, usual: string[], hostLabels: string[]): TargetName[] {
  const telling = Object.keys(labels).filter((label) => !usual.includes(label));
  return [
    ...hostLabels.map((label) => ({ label, value: labels[label] })),
    { label: 'nodename', value: nodename ?? undefined },
    ...telling.map((label) => ({ label, value: labels[label] })),
  ].flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}

/** Names that several machines go by, such as localhost or the Prometheus that a federation goes through: they name none. */
function findShared(candidates: (Candidate & { names: TargetName[] })[]): (name: TargetName) => boolean {
  const keyOf = ({ label, value }: TargetName) => JSON.stringify([label, value]);
  const first = new Map<string, Candidate>();
  const shared = new Set<string>();
  for (const candidate of candidates) {
    for (const key of candidate.names.map(keyOf)) {
      const other = first.get(key);
      if (other === undefined) first.set(key, candidate);
      else if (!shared.has(key) && areDifferent(other, candidate)) shared.add(key);
    }
  }
  return (name) => shared.has(keyOf(name));
}
