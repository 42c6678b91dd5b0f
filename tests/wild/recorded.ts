import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SimHost } from '@/lib/simulation/model';
import type { Labels } from '@/lib/simulation/prometheus/series';
import type { NamedSeries } from './series';

/** Inputs from real clouds, as they were reported, with the names of simulated hosts in place of theirs. */

export const input = (name: string): string => readFileSync(path.join(import.meta.dirname, 'inputs', name), 'utf8');

/** kvm00 is the first host, kvm01 the second, and so on. */
export const withNames = (text: string, hosts: SimHost[]): string =>
  text
    .replaceAll(/kvm0(\d)\.example\.net/gi, (_, i: string) => hosts[Number(i)]?.fqdn ?? '')
    .replaceAll(/kvm0(\d)/gi, (found, i: string) => {
      const name = hosts[Number(i)]?.name ?? '';
      return found === found.toUpperCase() ? name.toUpperCase() : name;
    });

const LINE = /^(\w+)\{(.*)\} (\S+)$/;
const BEGIN = 1_700_000_000_000;

/**
 * The series of a text. Counters of CPUs grow since long ago.
 *
 * @param growth what a counter gains in a second
 */
export const recorded = (text: string, growth: (name: string, labels: Labels) => number): NamedSeries[] =>
  text.split('\n').flatMap((line): NamedSeries[] => {
    const [, name = '', list = '', value = ''] = LINE.exec(line) ?? [];
    if (name === '') return [];
    const labels = Object.fromEntries([...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]));
    const gain = growth(name, labels);
    const always = { from: 0, until: Number.POSITIVE_INFINITY };
    return [{ name, labels, ...always, value: (at) => Number(value) + (gain * (at - BEGIN)) / 1000 }];
  });

const relabelSchema = z.object({
  metric_relabel_configs: z.array(
    z.object({ source_labels: z.array(z.string()), regex: z.string(), action: z.literal('drop') }),
  ),
});

/** What is left of series after a scrape job's metric_relabel_configs. */
export function relabeled(series: NamedSeries[], yaml: string): NamedSeries[] {
  const { metric_relabel_configs: configs } = relabelSchema.parse(parse(yaml));
  return series.filter(({ name, labels }) =>
    configs.every(({ source_labels: sources, regex }) => {
      const value = sources.map((source) => (source === '__name__' ? name : (labels[source] ?? ''))).join(';');
      return !new RegExp(`^(?:${regex})$`).test(value);
    }),
  );
}
