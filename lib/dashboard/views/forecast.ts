import 'server-only';
import type { Forecasts, ForecastView } from '@/lib/contract/v1/forecast';
import { forecastAdvice, forecastWords } from '@/lib/domain/forecast/forecast-words';
import { type Forecast, forecastZones } from '@/lib/domain/forecast/forecasts';
import { DAY_MS, dayOf } from '@/lib/units';
import { takeCapacityHistory } from '../collect/capacity-history';
import { clusterOf } from '../collect/joined';
import { lastMadeFor, partsOf } from '../collect/last-for';
import { type ReadingSet, readingStates } from '../collect/reading-set';
import { CAPACITY_READINGS } from '../collect/reading-values';
import { theStore } from '../sources/store';

const keepForecasts = lastMadeFor<Omit<Forecasts, 'readings'>>('forecasts');

/** When the zones of a region are full. @param readings of capacity */
export async function viewForecasts(readings: ReadingSet): Promise<Forecasts> {
  const now = Date.now();
  const made = await keepForecasts([...partsOf(readings, CAPACITY_READINGS), dayOf(now)], () =>
    forecast(readings, now),
  );
  return { ...made, readings: readingStates(readings) };
}

async function forecast(readings: ReadingSet, now: number): Promise<Omit<Forecasts, 'readings'>> {
  const { value, reason } = await takeCapacityHistory(readings);
  const forecasts =
    value === null
      ? []
      : forecastZones(
          {
            hosts: clusterOf(readings).hosts,
            zoneOf: value.zoneOf,
            limits: readings.settings.limits,
            today: dayOf(now),
          },
          value,
        );
  return {
    forecasts: forecasts.map((one) => describe(one, { now, isKept: theStore() !== null })),
    reason: reason ?? value?.notExported ?? null,
  };
}

function describe(forecast: Forecast, { now, isKept }: { now: number; isKept: boolean }): ForecastView {
  const { zone, resource, used, capacity, limit, result, keptBy, history } = forecast;
  const days = result.answer === 'days' ? result : null;
  return {
    zone,
    resource,
    used,
    capacity,
    limit,
    answer: result.answer,
    text: forecastWords(forecast, now, isKept),
    advice: forecastAdvice(forecast, isKept),
    days_soonest: days?.soonest ?? null,
    days_likely: days?.likely ?? null,
    days_latest: days?.latest ?? null,
    growth_per_day: days?.perDay.likely ?? null,
    kept_by: keptBy,
    history: history.map(({ day, ...rest }) => ({ at: day * DAY_MS, ...rest })),
  };
}
