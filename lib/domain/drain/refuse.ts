import type { Refusal } from '@/lib/contract/v1/acts';
import { formatNames, formatTime } from '@/lib/format';
import type { ComputeService } from '@/lib/openstack/records';
import { refusal } from '../acts/refusal';
import { readCloser } from './reason';

/** Whether a host may be closed or opened, and why not. */

export type HostFacts = {
  now: number;
  host: string;
  /** null if Nova has none for this host. */
  service: ComputeService | null;
  /** Why Nova could not be asked, a sentence; null if it was. */
  unreadable: string | null;
  /** Names of audits whose plans run and close this host or move VMs off it. */
  busy: string[];
  /** Whether a careful run that moves its VMs off it has not ended. */
  isDraining: boolean;
};

/** What a person decides by, as text: a host in the same state has the same. */
export const seenOf = ({ host, service }: Pick<HostFacts, 'host' | 'service'>): string =>
  JSON.stringify([host, service?.id ?? null, service?.isOpen ?? null, service?.reason ?? null]);

export function refuseClose(facts: HostFacts): Refusal[] {
  const unknown = whyUnknown(facts);
  if (unknown !== null) return [unknown];
  const { service, now } = facts;
  const closer = service?.isOpen === false ? readCloser(service.reason) : null;
  if (closer?.by !== 'here') return [];
  const text = `It is closed already, since ${formatTime(closer.at, now)}, by ${closer.person}: ${closer.why}`;
  return [refusal('wrong-state', text.endsWith('.') ? text : `${text}.`)];
}

/** What decides about moving VMs, besides the host. */
export type DrainMeans = {
  /** Whether this cloud offers the strategy that runs a list of moves; null if Watcher does not say. */
  hasActuator: boolean | null;
  /** Whether it offers the one that empties a host in its own way. */
  hasMaintenance: boolean | null;
  /** Appliers that are alive; null if Watcher does not say. */
  appliers: number | null;
};

/** Before the moves themselves are looked at. */
export function refuseDrain(facts: HostFacts, { hasActuator, appliers }: DrainMeans): Refusal[] {
  const reasons = [
    whyUnknown(facts),
    ...refuseBusy(facts),
    hasActuator === true
      ? null
      : refusal(
          'not-offered',
          hasActuator === null
            ? 'Watcher does not say whether it offers the strategy actuator, which the moves need.'
            : 'Moving these VMs needs the strategy actuator, which this Watcher does not offer.',
        ),
    (appliers ?? 0) > 0
      ? null
      : refusal(
          'no-applier',
          appliers === null
            ? 'Watcher does not say whether an applier is alive, so nothing may run the moves.'
            : 'No applier is alive, so nothing would run the moves.',
        ),
  ];
  return reasons.filter((reason) => reason !== null);
}

/** Something else moves its VMs. */
export const refuseBusy = ({ busy, isDraining }: HostFacts): Refusal[] => [
  ...(isDraining ? [refusal('careful-run', 'A careful run moves VMs off this host already.')] : []),
  ...(busy.length === 0
    ? []
    : [refusal('another-runs', `${formatNames(busy)} moves VMs of this host now. Wait for the end of that.`)]),
];

export function refuseOpen(facts: HostFacts): Refusal[] {
  const unknown = whyUnknown(facts);
  if (unknown !== null) return [unknown];
  const { service, busy, now, isDraining } = facts;
  if (service?.isOpen !== false) return [refusal('wrong-state', 'It is open already.')];
  if (!service.isUp) {
    const since = service.seenAt === null ? '' : ` since ${formatTime(service.seenAt, now)}`;
    return [
      refusal(
        'wrong-state',
        `Not yet: nova-compute there has been silent${since}. Opened now, new VMs would fail on it.`,
      ),
    ];
  }
  if (isDraining) return [refusal('careful-run', 'A careful run moves VMs off this host. End it first.')];
  if (busy.length === 0) return [];
  const runs = busy.length === 1 ? 'runs and works' : 'run and work';
  return [refusal('another-runs', `${formatNames(busy)} ${runs} on this host. Stop that first, or wait for its end.`)];
}

export function whyUnknown({ service, unreadable }: HostFacts): Refusal | null {
  if (unreadable !== null) return refusal('cannot-check', unreadable);
  return service === null ? refusal('gone', 'Nova has no compute service on this host.') : null;
}
