import type { NodeTarget } from '@/lib/prometheus/records';

/** A target, the names of labels that all may have (job, instance and METRICS_HOST_LABELS), and its values as one text. */
export type Candidate = { target: NodeTarget; usualLabels: string[]; usual: string };

/** Milliseconds by which the start of a machine moves as its clock is adjusted. */
const BOOT_SLACK_MS = 10_000;
/** Two exporters of one machine are read at different moments; their means may differ by this share. */
const LOAD_SLACK = 0.15;

/** Whether two targets report different machines. */
export function areDifferent(
  { target: a, usual: usualOfA }: Candidate,
  { target: b, usual: usualOfB }: Candidate,
): boolean {
  // lib/prometheus keeps targets apart that agree in these only if they report different machines.
  if (usualOfA === usualOfB) return true;
  const differ = <T>(one: T | null, other: T | null) => one !== null && other !== null && one !== other;
  if (differ(a.memoryTotalBytes, b.memoryTotalBytes) || differ(a.cpus, b.cpus)) return true;
  if (a.bootedAt !== null && b.bootedAt !== null) return Math.abs(a.bootedAt - b.bootedAt) > BOOT_SLACK_MS;
  const distances = [distance(a.idleShare, b.idleShare), distance(availableShare(a), availableShare(b))];
  if (distances.some((far) => far !== null && far > LOAD_SLACK)) return true;
  // A pod may have a nodename of its own, but then all its measurements are its machine's.
  return differ(a.nodename, b.nodename) && distances.includes(null);
}

const distance = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : Math.abs(one - other);

const availableShare = ({ memoryTotalBytes: total, memoryAvailableBytes: available }: NodeTarget): number | null =>
  total === null || available === null || total === 0 ? null : available / total;

/** Targets of one machine end up in one list. */
export function groupByMachine<T extends Candidate>(candidates: T[]): T[][] {
  const machines: T[][] = [];
  for (const candidate of candidates) {
    const machine = machines.find((own) => own.every((other) => !areDifferent(other, candidate)));
    if (machine) machine.push(candidate);
    else machines.push([candidate]);
  }
  return machines;
}

/** Of several targets of one machine the one that is measured, then the one that sees more CPUs. */
export const bestOf = <T extends Candidate>(candidates: T[]): T | undefined =>
  candidates.toSorted(
    ({ target: a }, { target: b }) =>
      Number(a.idleShare === null) - Number(b.idleShare === null) || (b.cpus ?? 0) - (a.cpus ?? 0),
  )[0];
