import { formatThings } from '@/lib/format';
import type { ActionPlan } from '@/lib/openstack/records';
import type { Examination } from '@/lib/readings/examination';
import { whatStrategyLacks, whyNoService, whyNotOnPrometheus } from '../explain/circumstances';
import { listWaiting } from '../plans/list-parts';
import { checksOf, judge, ofAll, type RawCheck } from './check';

const check = checksOf('Watcher');

/** Strategies in every installation whose needs Prometheus or ordinary hardware can't meet: lacking these is no fault. */
const SPECIAL = [
  'saving_energy',
  'storage_capacity_balance',
  'outlet_temperature',
  'uniform_airflow',
  'noisy_neighbor',
];

/** Whether Watcher responds, its services are up, and its strategies have what they need. */
export function examineWatcher(
  { plans, audits, planActions, services, strategies }: Examination,
  now: number,
): RawCheck[] {
  return [
    check(
      'watcher-api',
      'Watcher lists its plans',
      judge(
        plans,
        'Watcher’s default policies require the admin role. Check its policies and the log of watcher-api.',
        (all) => ({ status: 'ok', evidence: countPlans(all, { audits, planActions }, now) }),
      ),
    ),
    ...(['watcher-decision-engine', 'watcher-applier'] as const).map((name) =>
      check(
        name,
        `${name} is up`,
        judge(services, 'Watcher does not list its services; check the processes themselves.', (all) => {
          const down = whyNoService(all, name);
          const own = all.filter((service) => service.name === name);
          const failed = own.filter(({ status }) => status !== 'ACTIVE');
          if (down)
            return {
              status: 'error',
              evidence: down,
              fix: `Start ${name}, and check that it reaches the database and the message queue.`,
            };
          return {
            status: failed.length > 0 ? 'warning' : 'ok',
            evidence: `${ofAll(own.length - failed.length, own.length, 'are reporting')}.`,
            details: failed.map(({ host }) => `${host} is not reporting`),
            fix: failed.length > 0 ? 'Start it there, or delete the records of hosts that no longer exist.' : null,
          };
        }),
      ),
    ),
    check(
      'strategies',
      'Strategies have what they need',
      judge(strategies, 'Watcher does not list its strategies; check the log of watcher-api.', (all) => {
        const states = new Map(all.flatMap(({ name, state }) => (state.value ? [[name, state.value] as const] : [])));
        const lacking = all.flatMap(({ name }) =>
          whatStrategyLacks(states, name).map((what) => ({ name, what: `${name}: ${what}` })),
        );
        const elsewhere = all.flatMap(({ name }) => whyNotOnPrometheus(name) ?? []);
        const usual = lacking.filter(({ name }) => !SPECIAL.includes(name));
        const names = [...new Set(lacking.map(({ name }) => name))];
        return {
          status: usual.length > 0 ? 'warning' : 'ok',
          evidence: `${ofAll(all.length - names.length, all.length, 'strategies')} have what they need, as far as Watcher reports.${elsewhere.length === 0 ? '' : ` ${elsewhere.length} can’t work if its datasource is Prometheus or Aetos.`}`,
          details: [...lacking.map(({ what }) => what), ...elsewhere],
          fix:
            usual.length > 0
              ? 'Check [watcher_datasources] datasources in Watcher’s configuration, and the labels of the metrics.'
              : null,
        };
      }),
    ),
  ];
}

/** "27 plans, 11 waiting for a decision." Other plans may be waiting in Watcher that nobody can decide about here. */
function countPlans(
  plans: ActionPlan[],
  { audits, planActions }: Pick<Examination, 'audits' | 'planActions'>,
  now: number,
): string {
  const all = formatThings(plans.length, 'plan');
  if (audits.value === null) return `${all}.`;
  const waiting = listWaiting({ audits: audits.value, plans, actions: planActions.value ?? {} }, now).length;
  const orphans = plans.filter(({ auditId, state }) => auditId === null && state === 'RECOMMENDED').length;
  const more = orphans === 0 ? '' : `, and ${orphans} whose audit is archived`;
  return `${all}, ${waiting} waiting for a decision${more}.`;
}
