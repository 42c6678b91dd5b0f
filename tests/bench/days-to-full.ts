import { daysToFull } from '@/lib/domain/forecast/days-to-full';
import { CAPACITY, historyOf, trueDays, type Wanted } from '../domain/forecast/histories';

/** Back-test of the forecast: histories whose growth is known, and what was said about each. */

const SEEDS = 200;

const CASES: [name: string, wanted: Wanted][] = [
  ['steady growth', { days: 60, slope: 5 }],
  ['noise of a day’s growth', { days: 60, slope: 5, noise: 5 }],
  ['noise of four days’ growth', { days: 60, slope: 5, noise: 20 }],
  ['weekends, 60 days', { days: 60, slope: 5, noise: 5, weekend: 40 }],
  ['weekends, 21 days', { days: 21, slope: 5, noise: 5, weekend: 40 }],
  ['weekends, 14 days', { days: 14, slope: 5, noise: 5, weekend: 40 }],
  ['a step in the middle', { days: 60, slope: 5, noise: 5, weekend: 10, step: { day: 30, by: 110 } }],
  ['a step in the first week', { days: 60, slope: 5, noise: 5, weekend: 10, step: { day: 3, by: 110 } }],
  ['a step three days ago', { days: 60, slope: 5, noise: 5, weekend: 10, step: { day: 57, by: 110 } }],
  ['a step down', { days: 60, slope: 5, noise: 5, weekend: 10, step: { day: 30, by: -110 } }],
  ['a step within 14 days', { days: 14, slope: 5, noise: 5, weekend: 10, step: { day: 8, by: 110 } }],
  ['new hosts 30 days ago', { days: 60, slope: 5, noise: 5, weekend: 10, smaller: { until: 30, capacity: 1_200 } }],
  ['new hosts 9 days ago', { days: 60, slope: 5, noise: 5, weekend: 10, smaller: { until: 51, capacity: 1_200 } }],
  ['VMs by chance, 60 days', { days: 60, slope: 5, strays: 30 }],
  ['VMs by chance, 30 days', { days: 30, slope: 5, strays: 30 }],
  ['flat', { days: 60, slope: 0, noise: 5, weekend: 10 }],
  ['flat but for a step', { days: 60, slope: 0, noise: 5, weekend: 10, step: { day: 30, by: 110 } }],
  ['shrinking', { days: 60, slope: -3, noise: 5, weekend: 10 }],
];

const quantile = (sorted: number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(2);

console.log(`${SEEDS} histories each; growth and capacity in the same unit, ${CAPACITY} in all`);
console.log('| history | answers | true day in the range | likely ÷ true: 5%, 50%, 95% | latest ÷ soonest, median |');
console.log('| --- | --- | --- | --- | --- |');
for (const [name, wanted] of CASES) {
  const answers = Array.from({ length: SEEDS }, (_, seed) => {
    const history = historyOf(wanted, seed + 1);
    return { said: daysToFull(history, CAPACITY), actual: trueDays(history, CAPACITY, wanted.slope) };
  });
  const counts = new Map<string, number>();
  for (const { said } of answers) counts.set(said.answer, (counts.get(said.answer) ?? 0) + 1);
  const forecasts = answers.flatMap(({ said, actual }) => (said.answer === 'days' ? [{ ...said, actual }] : []));
  const within = forecasts.filter(
    ({ soonest, latest, actual }) => soonest <= actual && (latest === null || actual <= latest),
  );
  const ratios = forecasts.map(({ likely, actual }) => likely / actual).sort((a, b) => a - b);
  const widths = forecasts
    .map(({ soonest, latest }) => (latest === null ? Number.POSITIVE_INFINITY : latest / Math.max(1, soonest)))
    .sort((a, b) => a - b);
  const said = [...counts].map(([answer, count]) => `${count} ${answer}`).join(', ');
  const figures =
    forecasts.length === 0
      ? '– | – | –'
      : [
          `${((100 * within.length) / forecasts.length).toFixed(0)}%`,
          [0.05, 0.5, 0.95].map((share) => quantile(ratios, share)).join(', '),
          quantile(widths, 0.5),
        ].join(' | ');
  console.log(`| ${name} | ${said} | ${figures} |`);
}
