import type { PlanCheck, Refusal, RefusalCode } from '@/lib/contract/v1/acts';
import { formatBytes, formatNames, formatThings } from '@/lib/format';
import type { IconName, IconTone } from '../ui/icon';

/** What the bar at the foot of the page that decides says: one thing at a time, the hardest first. */

/** What would run, as computed in the browser. */
export type Chosen = {
  moves: number;
  leftOut: number;
  sources: number;
  /** Bytes; null if unknown. */
  ramToCopy: number | null;
  /** Moves that would run. */
  running: { key: string; name: string }[];
  /** VMs that are left out since they must not move. */
  marked: string[];
  /** VMs that move although they moved too often lately, or go back to a host just left. */
  restless: string[];
  /** What is left out, as in the address. */
  leaving: [name: string, value: string][];
  /** Whether it has other destinations or drained hosts, which no plan of Watcher can be started with. */
  isOther: boolean;
};

/** What else can be done, the best first. */
export type Offer =
  | 'commands'
  | 'copy-link'
  | 'newer-plan'
  | 'plans-of-audit'
  | 'how-it-ran'
  | 'doctor'
  | 'retry'
  | 'watch'
  | 'take-all'
  | 'tell-me'
  | 'leave-out';

export type BarState = {
  code:
    | RefusalCode
    | 'checking'
    | 'unreachable'
    | 'over'
    | 'nothing-ticked'
    | 'other-destinations'
    | 'loads-old'
    | 'ready';
  icon: IconName;
  tone: IconTone;
  /** Matters most; said first. */
  lead: string;
  rest: string;
  note: string;
  offers: Offer[];
  /** On the button that opens the dialog; null if there is nothing to start. */
  start: string | null;
  /** Moves that it is about. */
  moves: string[];
  /** The plan that it is about, if it is another one. */
  planId: string | null;
};

type Given = {
  check: PlanCheck | undefined;
  problem: string | null;
  chosen: Chosen;
  /** Since when the loads are old, in words; null if they are fresh. */
  loadsFrom: string | null;
};

export function barStateOf({ check, problem, chosen, loadsFrom }: Given): BarState {
  const will = willWords(chosen);
  const start = startWords(chosen);
  if (check === undefined) {
    if (problem !== null)
      return state('unreachable', ['error', 'error'], { ...will, note: problem, offers: ['retry'] });
    return {
      ...state('checking', ['clock', 'quiet'], { ...will, note: 'Checking the plan against the cloud…' }),
      start,
    };
  }
  // The check is about the plan without a choice: a person may have named VMs that must not move.
  const isOpen = (code: RefusalCode) =>
    code === 'cannot-skip' || (code === 'nothing-left' && chosen.leaving.some(([name]) => name === 'anyway'));
  const final = check.start.find(({ code, override }) => override === null && !isOpen(code));
  if (final) return refused(final);
  if (chosen.isOther) {
    const note = 'Other destinations and drained hosts can’t be started as this plan; the commands do it.';
    return state('other-destinations', ['info', 'quiet'], { ...will, note, offers: ['commands'] });
  }
  if (chosen.moves === 0 && chosen.running.length === 0 && check.will.moves > 0)
    return {
      ...state('nothing-ticked', ['info', 'quiet'], { lead: 'Nothing is ticked.', note: 'Tick moves to start them.' }),
      start,
    };
  const marked = check.start.find(({ code }) => code === 'must-not-move');
  if (marked?.moves.some((key) => chosen.running.every((move) => move.key !== key)))
    return { ...refused(marked), note: HOW_TO_NAME, offers: ['commands'] };
  const cannotSkip = check.skip.find(({ code }) => code === 'cannot-skip');
  if (chosen.leftOut > 0 && cannotSkip) {
    const note = 'Without skipping it is all or none; the commands move only those that are ticked.';
    return { ...refused(cannotSkip), note, offers: ['commands', 'take-all'] };
  }
  return ready(check, { chosen, loadsFrom, will });
}

const HOW_TO_NAME =
  'Tick it in the list of moves to move it all the same. A careful run leaves it where it is, and so do the commands.';

/** VMs that go back and forth are worth a look before a start. */
function restlessWords({ restless }: Chosen): string {
  if (restless.length === 0) return '';
  const [has, go] = restless.length === 1 ? ['has', 'goes'] : ['have', 'go'];
  return `${formatNames(restless)} ${has} moved too often lately, or ${go} back: see the list. `;
}

/** VMs that stay because of a mark matter more than how it goes. */
function staysWords({ marked }: Chosen): string {
  if (marked.length === 0) return '';
  const [stay, they] = marked.length === 1 ? ['stays', 'it'] : ['stay', 'they'];
  return `${formatNames(marked)} ${stay}, since ${they} must not move. `;
}

function ready(
  check: PlanCheck,
  { chosen, loadsFrom, will }: Pick<Given, 'chosen' | 'loadsFrom'> & { will: Pick<BarState, 'lead' | 'rest'> },
): BarState {
  const queue = check.start.find(({ code }) => code === 'another-runs');
  if (queue)
    return {
      ...state('another-runs', ['half', 'accent'], { ...split(queue.text), offers: ['tell-me'] }),
      start: 'Queue it anyway…',
      planId: queue.plan_id,
    };
  const failing = check.start.find(({ code }) => code === 'would-fail')?.moves ?? [];
  const own = chosen.running.filter(({ key }) => failing.includes(key));
  if (own.length > 0) {
    const lead = `${own.length} of these ${formatThings(chosen.running.length, 'move')} would fail:`;
    const rest = `${formatNames(own.map(({ name }) => name))}. ${reasonOf(check)}`.trim();
    return {
      ...state('would-fail', ['warn', 'warn'], { lead, rest, offers: ['leave-out'] }),
      start: 'Start with them anyway…',
      moves: own.map(({ key }) => key),
    };
  }
  const start = startWords(chosen);
  if (loadsFrom !== null)
    return {
      ...state('loads-old', ['clock', 'warn'], { lead: `Loads are from ${loadsFrom}.`, rest: LOADS_OLD }),
      start,
    };
  const note =
    chosen.leftOut > 0
      ? `${staysWords(chosen)}${restlessWords(chosen)}What is left out will be skipped, and can’t be brought back.`
      : `${restlessWords(chosen)}${check.will.lines.at(-1) ?? ''}`.trim();
  return { ...state('ready', ['play', 'accent'], { ...will, note }), start };
}

/** On the button. */
const startWords = ({ moves }: Chosen): string => `Start ${formatThings(moves, 'move')}…`;

const LOADS_OLD = 'You can start, but the promise is from then.';

/** Why the first move that would fail does: the last sentence of the refusal. */
const reasonOf = ({ start }: PlanCheck): string =>
  start.find(({ code }) => code === 'would-fail')?.text.replace(/^.*? would fail: .*?\. /, '') ?? '';

type Words = { lead: string; rest?: string; note?: string; offers?: Offer[] };

const state = (code: BarState['code'], [icon, tone]: [IconName, IconTone], words: Words): BarState => ({
  code,
  icon,
  tone,
  rest: '',
  note: '',
  offers: [],
  start: null,
  moves: [],
  planId: null,
  ...words,
});

/** The first sentence is what matters most. */
function split(text: string): { lead: string; rest: string } {
  const end = text.search(/[.:;] /);
  return end < 0 ? { lead: text, rest: '' } : { lead: text.slice(0, end + 1), rest: text.slice(end + 2) };
}

const LOOKS: Partial<Record<RefusalCode, [IconName, IconTone]>> = {
  'cannot-check': ['error', 'error'],
  'no-applier': ['warn', 'warn'],
  replaced: ['clock', 'quiet'],
  expired: ['clock', 'quiet'],
  'being-made': ['clock', 'quiet'],
  'already-started': ['half', 'accent'],
};

const OFFERS: Partial<Record<RefusalCode, Offer[]>> = {
  'acting-off': ['commands'],
  'may-look': ['copy-link'],
  replaced: ['newer-plan'],
  expired: ['plans-of-audit'],
  'cannot-check': ['retry', 'doctor'],
  'no-applier': ['doctor'],
  'already-started': ['watch'],
  'being-made': ['retry'],
};

const refused = ({ code, text, plan_id: planId }: Refusal): BarState => ({
  ...state(code, LOOKS[code] ?? ['close', 'quiet'], { ...split(text), offers: OFFERS[code] ?? [] }),
  note: code === 'acting-off' ? 'The commands do the same, in this order.' : '',
  planId,
});

function willWords({ moves, sources, ramToCopy, leftOut }: Chosen): Pick<BarState, 'lead' | 'rest'> {
  const copy = ramToCopy === null ? '' : `; ${formatBytes(ramToCopy)} to copy`;
  const out = leftOut === 0 ? '' : ` ${formatThings(leftOut, 'action is', 'actions are')} left out.`;
  return {
    lead: `${formatThings(moves, 'VM')} will move`,
    rest: `off ${formatThings(sources, 'host')}${copy}.${out}`,
  };
}

/** For a plan that nothing is left to decide about but whether it is kept. @param state as Watcher has it */
export const overState = (planState: string): BarState =>
  state('over', ['check', 'quiet'], {
    lead: `This plan is over: it is ${planState}.`,
    note: 'Nothing is left to start.',
    offers: ['how-it-ran'],
  });
