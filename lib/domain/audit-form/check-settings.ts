import type { AuditSettings, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { MINUTE_MS } from '@/lib/units';
import { NAME_LENGTH } from './begin';
import type { FormFacts } from './form-facts';
import { describeInterval, type Interval, nextRuns, readNewInterval, shortestGap } from './interval';
import { listFacts } from './known-facts';
import { checkParameters, type Problem } from './parameters';
import { type Cover, coverOf, type ScopeHost } from './scope';
import { spreadOf } from './spread';
import { whyNotOffered, wordsOf } from './strategies';
import { checkRules } from './strategy-rules';
import { willDo } from './will-do';

/** The words that a person types before plans start without asking. */
export const WITHOUT_ASKING = 'without asking';

const FASTEST_MS = 5 * MINUTE_MS;
/** Watcher takes names of these forms for ids. */
const DIGITS = /^\d+$/;
const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

export function checkSettings(settings: AuditSettings, facts: FormFacts): NewAuditCheck {
  const { now, hosts } = facts;
  const strategy = facts.strategies.find(({ name }) => name === settings.strategy);
  const interval = settings.type === 'CONTINUOUS' ? readNewInterval(settings.interval ?? '') : null;
  const repeats = interval !== null && typeof interval !== 'string' ? interval : null;
  const covers = hosts === null ? null : coverOf(hosts, settings.scope);
  const names = covers?.hosts.map(({ name }) => name) ?? [];
  const spread = spreadOf(covers?.hosts.filter(({ isOpen }) => isOpen).map(({ name }) => name) ?? [], facts.cpu);
  const rules = strategy
    ? checkRules(settings.strategy, settings.parameters, {
        hosts: names,
        allHosts: hosts?.map(({ name }) => name) ?? [],
      })
    : { problems: [], warnings: [] };
  const problems = [
    ...checkName(settings.name, facts.taken),
    // Where a rule of ours says what is wrong, the schema need not say it in its own words.
    ...(strategy ? checkParameters(strategy.spec, settings.parameters) : []).filter(
      ({ field }) => !rules.problems.some((rule) => field === rule.field || field.startsWith(`${rule.field}.`)),
    ),
    ...checkStrategy(settings.strategy, strategy !== undefined),
    ...rules.problems,
    ...(covers?.problems ?? [{ field: 'scope', text: facts.hostsReason ?? 'The hosts are not known.' }]),
    ...(typeof interval === 'string' ? [{ field: 'interval', text: interval }] : []),
    ...checkTimes(settings, facts),
    ...checkStart(settings),
  ];
  return {
    made_at: now,
    problems,
    warnings: [...rules.warnings, ...warnOf(settings, repeats, now)],
    facts: listFacts(settings, covers, facts),
    will: willDo(settings, { covers, repeats }),
    covers: covers && describeCover(covers, hosts ?? []),
    spread,
    next_runs:
      repeats === null ? [] : nextRuns(repeats, Math.max(now, settings.start_at ?? now), 3).map((at) => ({ at })),
    every: repeats === null ? null : describeInterval(repeats),
  };
}

const describeCover = ({ hosts, vms, staying }: Cover, all: ScopeHost[]): NewAuditCheck['covers'] => {
  const inside = new Set(hosts);
  return {
    hosts: hosts.map(({ name }) => name),
    others: all.flatMap((host) => (inside.has(host) ? [] : [host.name])),
    vms,
    staying,
  };
};

function checkName(name: string, taken: ReadonlySet<string>): Problem[] {
  const wrong = (text: string): Problem[] => [{ field: 'name', text }];
  if (name.trim() === '') return wrong('Give it a name.');
  if (name !== name.trim()) return wrong('The name begins or ends with a space.');
  if (name.length > NAME_LENGTH) return wrong(`The name has ${name.length} characters; Watcher would cut it at 63.`);
  if (DIGITS.test(name)) return wrong('A name of digits only is taken for an id.');
  if (UUID.test(name)) return wrong('A name in the form of an id is taken for one.');
  return taken.has(name) ? wrong('An audit is called that already.') : [];
}

function checkStrategy(name: string, isKnown: boolean): Problem[] {
  const reason = whyNotOffered(name);
  if (reason !== null) return [{ field: 'strategy', text: `${name} is not offered. ${reason}` }];
  return isKnown ? [] : [{ field: 'strategy', text: 'This Watcher has no such strategy.' }];
}

function checkTimes(settings: AuditSettings, { now, hasTimes, hasForce }: FormFacts): Problem[] {
  const { type, interval, start_at: start, end_at: end, force } = settings;
  const isTimed = start !== undefined || end !== undefined;
  const problems: Problem[] = [];
  if (type !== 'CONTINUOUS' && interval !== undefined)
    problems.push({ field: 'interval', text: 'Only an audit that runs again and again has an interval.' });
  if (isTimed && type === 'ONESHOT')
    problems.push({ field: 'start_at', text: 'An audit that runs once has no start and no end.' });
  if (isTimed && !hasTimes)
    problems.push({ field: 'start_at', text: 'This Watcher knows no start and end (API 1.1).' });
  if (end !== undefined && end <= Math.max(now, start ?? now))
    problems.push({ field: 'end_at', text: 'It would be over before it ran.' });
  if (force && !hasForce) problems.push({ field: 'force', text: 'This Watcher can’t do that (API 1.2).' });
  return problems;
}

const checkStart = ({ auto_trigger: starts, strategy }: AuditSettings): Problem[] =>
  starts && !wordsOf(strategy).mayStart
    ? [
        {
          field: 'auto_trigger',
          text: 'Plans of this strategy are not started without asking: what they do can’t be undone.',
        },
      ]
    : [];

function warnOf({ type }: AuditSettings, repeats: Interval | null, now: number): Problem[] {
  if (type === 'EVENT')
    return [
      {
        field: 'type',
        text: 'A call that comes while a plan runs is forgotten, and an audit that failed takes no more calls.',
      },
    ];
  return repeats !== null && shortestGap(repeats, now) < FASTEST_MS
    ? [{ field: 'interval', text: 'Faster than moves end: a new run replaces the plan of the last one.' }]
    : [];
}
