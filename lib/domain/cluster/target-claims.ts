import type { NodeTarget } from '@/lib/prometheus/records';
import type { NameMatch } from './host-names';
import { areDifferent, type Candidate } from './machines';

/** A host that a target may report, by one of its names; `sharers`: all targets with that name, if it names several machines. */
export type Claim = NameMatch & { sharers: Candidate[] | null };

export type Claimant = Candidate & {
  /** The first name that no other machine has, or the first of all. */
  title: string;
  /** In the order in which they count. If all names that mean a host are shared with other machines, only those. */
  claims: Claim[];
};

/** All targets that have the same value in the same label, or the same nodename. */
type Name = { value: string; owners: Candidate[]; isShared: boolean };

/** @param resolve finds the hosts that a name may mean, the most likely first */
export function openClaims(
  targets: NodeTarget[],
  resolve: (name: string) => NameMatch[],
  hostLabels: string[],
): Claimant[] {
  const usualLabels = [...new Set(['job', 'instance', ...hostLabels])];
  const nameOf = openNames();
  const candidates = targets.map((target) => {
    const usual = usualLabels.map((label) => target.labels[label] ?? '').join('\n');
    const candidate: Candidate = { target, usualLabels, usual };
    return { candidate, names: listNames(candidate, hostLabels, nameOf) };
  });
  return candidates.map(({ candidate: { target, usual }, names }) => {
    const title = (names.find(({ isShared }) => !isShared) ?? names[0])?.value ?? 'a target without labels';
    return { target, usualLabels, usual, title, claims: listClaims(names, resolve) };
  });
}

/** In loops, since a large cloud has thousands of names in each of many moments. */
function listClaims(names: Name[], resolve: (name: string) => NameMatch[]): Claim[] {
  const own: Claim[] = [];
  const shared: Claim[] = [];
  for (const { value, owners, isShared } of names) {
    for (const { host, certainty } of resolve(value)) {
      if (isShared) shared.push({ host, certainty, sharers: owners });
      else own.push({ host, certainty, sharers: null });
    }
  }
  return own.length > 0 ? own : shared;
}

type NameOf = (label: string, value: string, owner: Candidate) => Name;

function listNames(candidate: Candidate, hostLabels: string[], nameOf: NameOf): Name[] {
  const { labels, nodename } = candidate.target;
  const names: Name[] = [];
  const add = (label: string, value: string | null | undefined) => {
    if (value) names.push(nameOf(label, value, candidate));
  };
  for (const label of hostLabels) add(label, labels[label]);
  add('nodename', nodename);
  for (const label of Object.keys(labels)) if (!candidate.usualLabels.includes(label)) add(label, labels[label]);
  return names;
}

/** Names that several machines go by, such as localhost or the Prometheus that a federation goes through, name none. */
function openNames(): NameOf {
  const labels = new Map<string, Map<string, Name>>();
  return (label, value, owner) => {
    const names = labels.get(label) ?? new Map<string, Name>();
    labels.set(label, names);
    const name = names.get(value) ?? { value, owners: [], isShared: false };
    names.set(value, name);
    const [first] = name.owners;
    if (first && !name.isShared) name.isShared = areDifferent(first, owner);
    name.owners.push(owner);
    return name;
  };
}
