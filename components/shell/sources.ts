import type { Sources, SourceView } from '@/lib/contract/v1/sources';
import { formatNames } from '@/lib/format';
import type { TagTone } from '../ui/tag';

/** The sources in the top bar, each a summary of the services behind it: one for all, or one for each where one isn't ok. */
export type ChipState = 'ok' | 'old' | 'error' | 'mock' | 'checking';

export const TONES: Record<ChipState, TagTone> = {
  ok: 'ok',
  old: 'warn',
  error: 'error',
  mock: 'mock',
  checking: 'plain',
};

export type Chip = {
  name: 'Prometheus' | 'OpenStack' | 'Sources';
  state: ChipState;
  services: SourceView[];
  /** The oldest check of its services (ms); null before the first. */
  checkedAt: number | null;
};

/** What each service provides, and so what fails with it. */
const AFFECTS: Record<string, string> = {
  Prometheus: 'CPU and RAM use of hosts and VMs, new projections',
  Keystone: 'Everything from OpenStack',
  Nova: 'Hosts, VMs and flavors',
  Placement: 'Allocations of each host',
  Watcher: 'Audits, plans and migrations',
};

/** @param staleMs the age from which a successful check is old */
export function listChips(sources: Sources | undefined, now: number, staleMs: number): Chip[] {
  const services = sources?.sources ?? [];
  const isPrometheus = ({ name }: SourceView) => name === 'Prometheus';
  const oldBefore = now - staleMs;
  return [
    sumUp('Prometheus', services.filter(isPrometheus), oldBefore),
    sumUp(
      'OpenStack',
      services.filter((service) => !isPrometheus(service)),
      oldBefore,
    ),
  ];
}

/** One chip for all sources while nothing is wrong with them; otherwise each has its own. */
export function chipsToShow(chips: Chip[], now: number, staleMs: number): Chip[] {
  if (chips.some(({ state }) => state === 'error' || state === 'old')) return chips;
  const isChecking = chips.some(({ state }) => state === 'checking');
  const services = isChecking ? [] : chips.flatMap((chip) => chip.services);
  return [sumUp('Sources', services, now - staleMs)];
}

function sumUp(name: Chip['name'], services: SourceView[], oldBefore: number): Chip {
  if (services.length === 0) return { name, state: 'checking', services, checkedAt: null };
  const checkedAt = Math.min(...services.map(({ checked_at: at }) => at));
  const has = (wanted: SourceView['status']) => services.some(({ status }) => status === wanted);
  if (has('error')) return { name, state: 'error', services, checkedAt };
  if (has('mock')) return { name, state: 'mock', services, checkedAt };
  return { name, state: checkedAt < oldBefore ? 'old' : 'ok', services, checkedAt };
}

export const failing = ({ services }: Chip): SourceView[] => services.filter(({ status }) => status === 'error');

/** "Nova and Placement are failing" */
export function describeChip(chip: Chip): string {
  const bad = failing(chip).map(({ name }) => name);
  switch (chip.state) {
    case 'error':
      return `${formatNames(bad, 4)} ${bad.length === 1 ? 'is' : 'are'} failing`;
    case 'mock':
      return chip.name === 'Sources' ? 'All sources: mock data' : `${chip.name}: mock data`;
    case 'checking':
      return chip.name === 'Sources' ? 'The sources are being checked' : `${chip.name} is being checked`;
    case 'old':
      return `${chip.name} was ok at the last check`;
    case 'ok':
      return chip.name === 'Sources' ? 'All sources respond' : `${chip.name} responds`;
  }
}

/** What is missing while these services fail. */
export function describeAffected(services: SourceView[]): string {
  const named = services.some(({ name }) => name === 'Keystone')
    ? services.filter(({ name }) => name === 'Keystone' || name === 'Prometheus')
    : services;
  return named.map(({ name }) => AFFECTS[name] ?? name).join('; ');
}

/** What a screen reader says when a state changes; ages are left out. */
export function describeStates(chips: Chip[]): string {
  return chips
    .map(
      ({ name, state }) =>
        `${name} ${{ ok: 'ok', old: 'ok', error: 'error', mock: 'mock data', checking: 'checking' }[state]}`,
    )
    .join(', ');
}
