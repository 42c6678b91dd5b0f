import type { ForecastView } from '@/lib/contract/v1/forecast';

/** What the forecasts of a zone say together. */

export const SUBJECTS: Record<ForecastView['resource'], string> = {
  vcpu: 'vCPU allocated',
  ram: 'RAM allocated',
  'cpu-use': 'CPU in use',
  'ram-use': 'RAM in use',
};

export type ZoneForecast = {
  zone: string;
  /** Of allocation, which refuses VMs: the resource that ends first, or the fuller one where neither has an answer. */
  first: ForecastView;
  others: ForecastView[];
};

/** Zones in the order of the forecasts. */
export function byZone(forecasts: ForecastView[]): ZoneForecast[] {
  return [...new Set(forecasts.map(({ zone }) => zone))].flatMap((zone) => {
    const own = forecasts.filter((one) => one.zone === zone);
    const [first] = own.filter(({ resource }) => resource === 'vcpu' || resource === 'ram').sort(sooner);
    return first ? [{ zone, first, others: own.filter((one) => one !== first) }] : [];
  });
}

function sooner(a: ForecastView, b: ForecastView): number {
  const [daysOfA, daysOfB] = [daysOf(a), daysOf(b)];
  return daysOfA === daysOfB ? b.used / b.limit - a.used / a.limit : daysOfA - daysOfB;
}

const daysOf = ({ answer, days_soonest: soonest }: ForecastView): number =>
  answer === 'full' ? 0 : (soonest ?? Number.MAX_SAFE_INTEGER);

/** The zone that is full first; null where no zone has an answer. */
export const firstToFill = (zones: ZoneForecast[]): ZoneForecast | null =>
  zones
    .filter(({ first: { answer } }) => answer === 'days' || answer === 'full')
    .sort((a, b) => sooner(a.first, b.first))[0] ?? null;
