import type { Cloud, SimPlan } from '../model';
import { strategyNamed } from '../strategies';

type Indicator = { name: string; description: string; unit: string | null; value: number };

const indicator = (name: string, description: string, value: number): Indicator => ({
  name,
  description,
  unit: null,
  value,
});
const ratio = (name: string, description: string, [part, whole]: [number, number]): Indicator => ({
  name,
  description,
  unit: '%',
  value: whole === 0 ? 0 : (100 * part) / whole,
});

/**
 * Watcher's efficacy indicators of a plan. Its database rounds their values to integers, so both standard deviations are 0;
 * the global efficacy is exact. Most goals have neither.
 */
export function efficacyOf(
  plan: SimPlan,
  { hosts }: Cloud,
  countAudited: () => number,
): { indicators: Indicator[]; global: Indicator[] } {
  const migrations = plan.actions.filter(({ type }) => type === 'migrate').length;
  const enabled = hosts.filter((host) => host.enabled).length;
  const released = plan.actions.filter(({ type }) => type === 'change_nova_service_state').length;
  const moves = indicator('instance_migrations_count', 'The number of VM migrations to be performed.', migrations);
  switch (strategyNamed(plan.strategy)?.goal.name) {
    case 'workload_balancing': {
      const audited = countAudited();
      const deviations =
        plan.strategy === 'workload_stabilization'
          ? [
              indicator('standard_deviation_before_audit', 'The value of original standard deviation.', 0),
              indicator('standard_deviation_after_audit', 'The value of resulted standard deviation.', 0),
            ]
          : [];
      return {
        indicators: [
          moves,
          ...deviations,
          indicator('instances_count', 'The total number of audited instances in strategy.', audited),
        ],
        global: [
          ratio('live_migrations_count', 'Ratio of migrated virtual machines to audited virtual machines', [
            migrations,
            audited,
          ]),
        ],
      };
    }
    case 'server_consolidation':
      return {
        indicators: [
          indicator('compute_nodes_count', 'The total number of enabled compute nodes.', enabled),
          indicator('released_compute_nodes_count', 'The number of compute nodes to be released.', released),
          moves,
        ],
        global: [
          ratio(
            'released_nodes_ratio',
            'Ratio of released compute nodes divided by the total number of enabled compute nodes.',
            [released, enabled],
          ),
        ],
      };
    case 'hardware_maintenance':
      return {
        // Watcher mixes up the two.
        indicators: [
          indicator('live_migrate_instance_count', 'The number of instances actually live migrated.', migrations + 2),
          indicator(
            'planned_live_migrate_instance_count',
            'The number of instances planned to live migrate.',
            migrations,
          ),
        ],
        global: [
          ratio(
            'live_instance_migrate_ratio',
            'Ratio of actual live migrated instances to planned live migrate instances.',
            [migrations, migrations + 2],
          ),
        ],
      };
    default:
      return { indicators: [], global: [] };
  }
}
