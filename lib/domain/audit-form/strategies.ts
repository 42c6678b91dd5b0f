/** Which goals and strategies people are offered, in plain words, and why others are not. */

type Words = { title: string; about: string; warning?: string; mayStart?: boolean };

export const GOAL_WORDS: Record<string, { title: string; about: string }> = {
  workload_balancing: { title: 'Even out the load', about: 'No host hot while others idle.' },
  server_consolidation: { title: 'Use fewer hosts', about: 'Packs VMs together and disables what becomes empty.' },
  cluster_maintaining: {
    title: 'Empty one host for service',
    about: 'For a single host, its own page proves first that every VM fits.',
  },
  hardware_maintenance: {
    title: 'Move away from hardware',
    about: 'Several hosts or storage pools, one after another.',
  },
};

const STAYS_CLOSED = 'Nothing enables those hosts again.';
const IGNORES = 'Ignores what must not move, and VMs and projects that are left out.';

const STRATEGY_WORDS: Record<string, Words> = {
  workload_stabilization: {
    title: 'By spread',
    about: 'Acts when hosts differ too much; proposes as many moves as it takes, all at once.',
    mayStart: true,
  },
  workload_balance: {
    title: 'By limit',
    about: 'Acts when a host passes a limit; one VM at each run.',
    mayStart: true,
  },
  vm_workload_consolidation: {
    title: 'By load',
    about: 'Packs VMs by what they use, and disables hosts that will be empty.',
    warning: `${STAYS_CLOSED} Fills hosts to 100%; hosts close before their VMs leave.`,
  },
  node_resource_consolidation: {
    title: 'By allocation',
    about: 'Packs VMs by what they were given; live moves only.',
    warning: `A plan that is stopped half way leaves hosts disabled. ${IGNORES}`,
  },
  basic: {
    title: 'By use, offline',
    about: 'Packs VMs by what they use, and disables emptied hosts.',
    warning: STAYS_CLOSED,
  },
  host_maintenance: {
    title: 'Every VM off one host',
    about: 'Disables the host and moves its VMs away.',
    warning: `${IGNORES} It chooses targets itself, and nothing opens the host again.`,
  },
  zone_migration: {
    title: 'Named hosts and pools',
    about: 'Moves VMs or volumes away from what you name.',
    warning: `${IGNORES} Its limits cap the size of the plan, not its pace.`,
  },
};

const NOT_OFFERED: Record<string, string> = {
  saving_energy: 'It powers off random empty hosts, and powering them on again may fail.',
  storage_capacity_balance: 'Its plans fail while they are made, and an empty one stays behind.',
  outlet_temperature: 'No exporter of Prometheus reports what it needs.',
  uniform_airflow: 'No exporter of Prometheus reports what it needs.',
  noisy_neighbor: 'It needs counters of the processor cache, and Watcher has given it up.',
  dummy: 'It is for tests of Watcher and does nothing.',
  dummy_with_scorer: 'It is for tests of Watcher and does nothing.',
  dummy_with_resize: 'It is for tests of Watcher, and really resizes VMs.',
  actuator: 'It does whatever a list says, without a check. Plans and drains of this dashboard use it.',
};

/** Why a strategy is not offered; null if it is. */
export const whyNotOffered = (strategy: string): string | null => NOT_OFFERED[strategy] ?? null;

/** One of a cloud's own keeps its name; nothing is known about what it does. */
export function wordsOf(strategy: string): Required<Omit<Words, 'warning'>> & { warning: string | null } {
  const known = STRATEGY_WORDS[strategy];
  const {
    title,
    about,
    warning = null,
    mayStart = false,
  } = known ?? {
    title: strategy,
    about: 'A strategy of this cloud.',
    warning: 'Nothing is known here about what it does.',
  };
  return { title, about, warning, mayStart };
}

const ORDER = Object.keys(STRATEGY_WORDS);
const GOAL_ORDER = Object.keys(GOAL_WORDS);

const placeIn = (order: string[], name: string) => (order.includes(name) ? order.indexOf(name) : order.length);

/** What people use most comes first. */
export const byUse = (a: string, b: string): number => placeIn(ORDER, a) - placeIn(ORDER, b) || (a < b ? -1 : 1);
export const byGoal = (a: string, b: string): number =>
  placeIn(GOAL_ORDER, a) - placeIn(GOAL_ORDER, b) || (a < b ? -1 : 1);
