import { formatBytes, formatCores, formatCount, formatDate, formatPercent, formatThings } from '@/lib/format';
import { DAY_MS } from '@/lib/units';
import { percent } from '../cluster/capacity';
import type { Forecast } from './forecasts';
import type { Resource } from './zone-days';

/** What a forecast says, for people. */

const AMOUNTS: Record<Resource, (amount: number) => string> = {
  vcpu: (amount) => `${formatCount(Math.round(amount))} vCPUs`,
  ram: formatBytes,
  'cpu-use': (amount) => `${formatCores(amount)} CPUs`,
  'ram-use': formatBytes,
};

/** What ends it: allocation refuses VMs, use makes hosts hot. */
const isUse = (resource: Resource): boolean => resource === 'cpu-use' || resource === 'ram-use';

/** A sentence without its subject, such as "is full in 41 to 60 days". @param now ms @param isKept whether the dashboard keeps figures */
export function forecastWords(forecast: Forecast, now: number, isKept: boolean): string {
  const { resource, result, used, capacity } = forecast;
  const amount = AMOUNTS[resource];
  const share = (value: number) => formatPercent(percent(value, capacity), 0);
  const day = (number: number) => formatDate(number * DAY_MS, now);
  switch (result.answer) {
    case 'days': {
      const { soonest, latest } = result;
      const end = isUse(resource) ? 'reaches its limit' : 'is full';
      if (latest === null) return `${end} in ${formatThings(soonest, 'day')} at the earliest, or never`;
      const range =
        soonest === latest ? formatThings(soonest, 'day') : `${formatCount(soonest)} to ${formatThings(latest, 'day')}`;
      return `${end} in ${range}, at the earliest on ${formatDate(now + soonest * DAY_MS, now)}`;
    }
    case 'full':
      return `has reached its limit: ${share(used)} of ${share(forecast.limit)}`;
    case 'no-history':
      return isKept ? 'no answer: the first figure is yet to be kept' : 'no answer: nobody keeps these figures yet';
    case 'short-history':
      return `no answer: only ${formatThings(result.days, 'day')} of figures so far, and ${result.needed} are needed`;
    case 'capacity-changed':
      return `no answer: only ${formatThings(result.days, 'day')} since its capacity changed from ${amount(result.before)} to ${amount(result.now)}, and ${result.needed} are needed`;
    case 'not-growing':
      return `does not grow: ${share(used)} after ${formatThings(result.days, 'day')}`;
    case 'step':
      return `no answer: it grew by ${amount(result.step.by)} on ${day(result.step.day)}, and not otherwise`;
  }
}

/** What to do so that there is an answer some day; null if nothing. */
export function forecastAdvice({ result, resource }: Forecast, isKept: boolean): string | null {
  if (result.answer !== 'no-history' || isKept) return null;
  return isUse(resource)
    ? 'Set DATA_DIR or DATABASE_URL, so that the dashboard keeps one figure a day.'
    : 'Set DATA_DIR or DATABASE_URL, so that the dashboard keeps one figure a day, or run an openstack-exporter.';
}
