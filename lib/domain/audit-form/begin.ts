import type { AuditSettings, NewAudit } from '@/lib/contract/v1/new-audit';
import type { Audit } from '@/lib/openstack/records';
import { isWhole, readScope } from './scope';
import { whyNotOffered } from './strategies';

/** What the form begins with: usual settings, or those of another audit. */

const once = (strategy: string, parameters: AuditSettings['parameters'] = {}): AuditSettings => ({
  name: '',
  strategy,
  type: 'ONESHOT',
  parameters,
});

const PRESETS: NewAudit['presets'] = [
  {
    title: 'Even out CPU, once',
    settings: once('workload_stabilization', { host_choice: 'cycle' }),
  },
  {
    title: 'Even out CPU, every weekday night',
    settings: {
      ...once('workload_stabilization', { host_choice: 'cycle' }),
      type: 'CONTINUOUS',
      interval: '0 2 * * 1-5',
    },
  },
  { title: 'Relieve hosts above 60%', settings: once('workload_balance', { threshold: 60 }) },
  { title: 'Use fewer hosts', settings: once('vm_workload_consolidation') },
  { title: 'Use fewer hosts, by allocation', settings: once('node_resource_consolidation') },
  { title: 'Empty one host', settings: once('host_maintenance') },
  { title: 'Leave several hosts', settings: once('zone_migration') },
];

const FIRST: AuditSettings = once('workload_stabilization', { host_choice: 'cycle' });

/** @param offered names of the strategies that this Watcher has and that are offered */
export function presetsOf(offered: string[]): NewAudit['presets'] {
  return PRESETS.filter(({ settings }) => offered.includes(settings.strategy));
}

export const firstSettings = (offered: string[]): AuditSettings =>
  offered.includes(FIRST.strategy) ? FIRST : once(offered[0] ?? '');

/** A name that no audit has: `base`, else with the next free number behind it. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  const own = base.slice(0, NAME_LENGTH);
  if (!taken.has(own)) return own;
  const stem = base.replace(/-\d{1,4}$/, '').slice(0, NAME_LENGTH - 5);
  for (let number = 2; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** Watcher cuts names here without a word. */
export const NAME_LENGTH = 63;

/** `lacks`: what of the other audit the settings can't say, a sentence each. `reason`: that and what is left out on purpose. */
type Like = { settings: AuditSettings; lacks: string[]; reason: string | null };

/**
 * The settings of an audit for another one like it. Times that are over are left out, and so is the start of plans without
 * asking: that is switched on anew each time.
 */
export function settingsLike(audit: Audit, { taken, now }: { taken: ReadonlySet<string>; now: number }): Like {
  const scope = readScope(audit.scope);
  const lacks = [
    audit.strategy === null ? 'It named no strategy: choose one.' : null,
    audit.strategy === null ? null : whyNotOffered(audit.strategy),
    scope === null ? 'Its scope has parts that this form can’t say.' : null,
  ].filter((text) => text !== null);
  const reason = [
    ...lacks,
    ...(audit.autoTrigger ? ['It starts its plans without asking; switch that on here if you want it.'] : []),
  ];
  const isTimed = audit.type !== 'ONESHOT';
  return {
    settings: {
      name: freeName(audit.name, taken),
      strategy: audit.strategy ?? '',
      type: audit.type === 'CONTINUOUS' || audit.type === 'EVENT' ? audit.type : 'ONESHOT',
      parameters: audit.parameters,
      ...(scope === null || isWhole(scope) ? {} : { scope }),
      ...(audit.interval === null ? {} : { interval: audit.interval }),
      ...(isTimed && audit.startAt !== null && audit.startAt > now ? { start_at: audit.startAt } : {}),
      ...(isTimed && audit.endAt !== null && audit.endAt > now ? { end_at: audit.endAt } : {}),
      ...(audit.force ? { force: true } : {}),
    },
    lacks,
    reason: reason.length === 0 ? null : reason.join(' '),
  };
}
