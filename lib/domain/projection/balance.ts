import type { Balance, Scores } from '@/lib/contract/v1/verdicts';

/** Percent of one resource that one host uses or has allocated; null where unknown. */
export type HostShare = { host: string; percentage: number | null };
type KnownShare = HostShare & { percentage: number };

/**
 * How evenly a resource is spread over hosts: score = 100 − 2σ, with σ the population standard deviation of the hosts'
 * percentages. σ lies between 0 (all equal) and 50 (half at 0%, half at 100%) for percentages up to 100, so the score lies
 * between 100 and 0; allocation beyond 100% is cut at 0. Watcher's workload_stabilization works with the same deviation.
 * https://opendev.org/openstack/watcher/src/branch/master/watcher/decision_engine/strategy/strategies/workload_stabilization.py
 *
 * @returns null if no share is known
 */
export function balanceOf(shares: HostShare[]): Balance | null {
  const known = shares.filter((share): share is KnownShare => share.percentage !== null);
  const [first] = known;
  if (!first) return null;
  let [highest, lowest, sum] = [first, first, 0];
  for (const share of known) {
    sum += share.percentage;
    if (share.percentage > highest.percentage) highest = share;
    if (share.percentage < lowest.percentage) lowest = share;
  }
  const mean = sum / known.length;
  const variance = known.reduce((all, { percentage }) => all + (percentage - mean) ** 2, 0) / known.length;
  const spread = Math.sqrt(variance);
  return {
    score: Math.max(0, 100 - 2 * spread),
    spread,
    range: highest.percentage - lowest.percentage,
    mean,
    highest,
    lowest,
    hosts: known.length,
    left_out: shares.length - known.length,
  };
}

/** The four balances, and the mean of the scores that are known. */
export function scoresOf(parts: Omit<Scores, 'overall'>): Scores {
  const known = [parts.cpu, parts.ram, parts.vcpu, parts.vram].filter((balance) => balance !== null);
  const sum = known.reduce((all, { score }) => all + score, 0);
  return { overall: known.length === 0 ? null : sum / known.length, ...parts };
}
