import 'server-only';
import type { Forecasts, ForecastView } from '@/lib/contract/v1/forecast';
import { forecastAdvice, forecastWords } from '@/lib/domain/forecast/forecast-words';
import { type Forecast, forecastZones } from '@/lib/domain/forecast/forecasts';
import { DAY_MS, dayOf } from '@/lib/units';
import { takeCapacityHistory } from '../collect/capacity-history';
import { clusterOf } from '../collect/joined';
import { type ReadingSet, readingStates } from '../collect/reading-set';

/** When the zones of a region are full. @param readings of capacity */
export async function viewForecasts(readings: ReadingSet): Promise<Forecasts> {
  const { value, reason } = await takeCapacityHistory(readings);
  const now = Date.now();
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
    forecasts: forecasts.map((forecast) => describe(forecast, now)),
    reason: reason ?? value?.notExported ?? null,
    readings: readingStates(readings),
  };
}

function describe(forecast: Forecast, now: number): ForecastView {
  const { zone, resource, used, capacity, limit, result, keptBy, history } = forecast;
  const days = result.answer === 'days' ? result : null;
  return {
    zone,
    resource,
    used,
    capacity,
    limit,
    answer: result.answer,
    text: forecastWords(forecast, now),
    advice: forecastAdvice(forecast),
    days_soonest: days?.soonest ?? null,
    days_likely: days?.likely ?? null,
    days_latest: days?.latest ?? null,
    growth_per_day: days?.perDay.likely ?? null,
    kept_by: keptBy,
    history: history.map(({ day, ...rest }) => ({ at: day * DAY_MS, ...rest })),
  };
}
