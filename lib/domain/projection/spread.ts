/** How the load of hosts is spread. Values in percent, results in percent or points; null where there is no value. */

export function meanOf(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Population standard deviation, in points: the figure that Watcher's workload_stabilization works with.
 * https://opendev.org/openstack/watcher/src/branch/master/watcher/decision_engine/strategy/strategies/workload_stabilization.py
 */
export function spreadOf(values: number[]): number | null {
  const mean = meanOf(values);
  if (mean === null) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
