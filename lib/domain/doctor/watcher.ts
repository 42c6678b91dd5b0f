import type { DoctorCheck } from '@/lib/contract/v1/doctor';
import type { Examination } from '@/lib/readings/examination';
import { whatStrategyLacks, whyNoService } from '../explain/circumstances';
import { checksOf, judge, ofAll } from './check';

const check = checksOf('Watcher');

/** Strategies of the default installation that no Prometheus serves, or that need other hardware: no fault of anybody's. */
const SPECIAL = [
  'saving_energy',
  'storage_capacity_balance',
  'outlet_temperature',
  'uniform_airflow',
  'noisy_neighbor',
];

/** Whether Watcher answers, its services live, and its strategies have what they need. */
export function examineWatcher({ plans, services, strategies }: Examination): DoctorCheck[] {
  return [
    check(
      'watcher-api',
      'Watcher tells its plans',
      judge(
        plans,
        'All of Watcher’s rules want the admin role; look at its policy and at the log of watcher-api.',
        (all) => ({
          status: 'ok',
          evidence: `${all.length} plans, ${all.filter(({ state }) => state === 'RECOMMENDED').length} wait for approval.`,
        }),
      ),
    ),
    ...(['watcher-decision-engine', 'watcher-applier'] as const).map((name) =>
      check(
        name,
        `${name} is alive`,
        judge(services, 'Watcher does not tell its services; look at the processes themselves.', (all) => {
          const down = whyNoService(all, name);
          const own = all.filter((service) => service.name === name);
          const failed = own.filter(({ status }) => status !== 'ACTIVE');
          if (down)
            return {
              status: 'error',
              evidence: down,
              fix: `Start ${name}, and look whether it reaches the database and the message queue.`,
            };
          return {
            status: failed.length > 0 ? 'warning' : 'ok',
            evidence: `${ofAll(own.length - failed.length, own.length, 'report themselves')}.`,
            details: failed.map(({ host }) => `${host} does not`),
            fix: failed.length > 0 ? 'Start it there, or delete the record of a host that is gone.' : null,
          };
        }),
      ),
    ),
    check(
      'strategies',
      'Strategies have what they need',
      judge(strategies, 'Watcher does not tell its strategies; look at the log of watcher-api.', (all) => {
        const states = new Map(all.flatMap(({ name, state }) => (state.value ? [[name, state.value] as const] : [])));
        const lacking = all.flatMap(({ name }) =>
          whatStrategyLacks(states, name).map((what) => ({ name, what: `${name}: ${what}` })),
        );
        const usual = lacking.filter(({ name }) => !SPECIAL.includes(name));
        const names = [...new Set(lacking.map(({ name }) => name))];
        return {
          status: usual.length > 0 ? 'warning' : 'ok',
          evidence: `${ofAll(all.length - names.length, all.length, 'strategies')} lack nothing that Watcher knows of.`,
          details: lacking.map(({ what }) => what),
          fix:
            usual.length > 0
              ? 'Look at [watcher_datasources] datasources in the configuration of Watcher, and at the labels of the metrics.'
              : null,
        };
      }),
    ),
  ];
}
