import type { HostHistory, LoadLevel } from '@/lib/contract/v1/hosts';
import type { VmStay } from '@/lib/contract/v1/vms';
import { arrivalOf, hasArrived } from '@/lib/migration-result';
import type { Server, ServerMigration } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { hostLevel, type Limits } from '../cluster/levels';

/** On which host a VM was when, from Nova's record of its moves. Times in ms. */

export type Stay = Omit<VmStay, 'levels'>;

type Where = { stays: Stay[]; reason: string | null };
type Span = { from: number; until: number };

/**
 * The stays within a time, oldest first.
 *
 * @param moves the newest first; null if unknown
 * @param most how many moves were read at most: before the oldest of as many, nothing is known
 */
export function listStays(
  { host, createdAt }: Pick<Server, 'host' | 'createdAt'>,
  moves: ServerMigration[] | null,
  { index, from, until, most }: Pick<Cluster, 'index'> & Span & { most: number },
): Where {
  if (moves === null) return { stays: [], reason: 'Nova’s record of its moves can’t be read.' };
  const nameOf = (name: string) => index.resolve(name) ?? name;
  const changes = moves
    .filter(hasArrived)
    .flatMap(({ source, destination, ...move }) =>
      source !== null && destination !== null && nameOf(source) !== nameOf(destination)
        ? [{ at: arrivalOf(move), source: nameOf(source), destination: nameOf(destination) }]
        : [],
    )
    .sort((a, b) => a.at - b.at);
  const last = changes.at(-1)?.destination ?? (host === null ? null : nameOf(host));
  const first = changes[0]?.source ?? last;
  if (first === null) return { stays: [], reason: 'It is on no host, and Nova has no record of any move.' };
  const begun = Math.max(from, createdAt ?? from, moves.length >= most ? (moves.at(-1)?.startedAt ?? from) : from);
  const all = [
    { host: first, from: begun },
    ...changes.map(({ at, destination }) => ({ host: destination, from: at })),
  ];
  const stays = all
    .map((stay, i): Stay => ({ ...stay, until: all[i + 1]?.from ?? until }))
    .filter((stay) => stay.until > begun && stay.from < until)
    .map((stay) => ({ ...stay, from: Math.max(begun, stay.from), until: Math.min(until, stay.until) }));
  const isBroken = changes.some(({ source }, i) => i > 0 && changes[i - 1]?.destination !== source);
  const isElsewhere = host !== null && last !== nameOf(host);
  return { stays, reason: isBroken || isElsewhere ? GAP : null };
}

const GAP = 'Nova’s record lacks a move: the VM left a host other than the one that it was moved to.';

/** How loaded the host was during a stay; one part for as long as the level is the same. @param points oldest first; null if not known */
export function levelsOf(
  { from, until }: Stay,
  points: HostHistory['points'] | null,
  limits: Limits,
): VmStay['levels'] {
  const known = (points ?? []).filter(({ at }) => at >= from && at < until);
  const parts: VmStay['levels'] = [];
  const add = (level: LoadLevel, at: number) => {
    const before = parts.at(-1);
    if (before?.level === level) return;
    if (before) before.until = at;
    parts.push({ level, from: at, until });
  };
  for (const [i, { at, cpu_percentage: cpu, ram_percentage: ram }] of known.entries())
    add(hostLevel({ cpu, ram }, limits), i === 0 ? from : at);
  return parts.length === 0 ? [{ level: 'unknown', from, until }] : parts;
}
