import type { ReactElement } from 'react';
import type { Overview } from '@/lib/contract/v1/overview';
import type { Sources } from '@/lib/contract/v1/sources';

/** What a widget can ask for, and what it gets. */
export type Payloads = {
  /** Nova and Placement. */
  virtual: Pick<Overview, 'mode' | 'region' | 'vcpu' | 'vram' | 'vm' | 'flavors' | 'readings'>;
  /** Prometheus too. */
  physical: Pick<Overview, 'mode' | 'region' | 'pcpu' | 'pram' | 'diagnostics' | 'readings'>;
  sources: Sources;
};

export type Limits = { cpuWarm: number; cpuHot: number; ramWarm: number; ramHot: number };

/** `now` is the time of rendering in ms, for ages; `limits` the percentages from which load counts as warm or hot. */
export type ViewProps<Data> = { data: Data; now: number; limits: Limits };

export type Widget = {
  name: string;
  title: string;
  needs: keyof Payloads;
  /** The view, given its payload. */
  render(payloads: Partial<Payloads>, now: number, limits: Limits): ReactElement | null;
};

/** Makes a widget of a view; the compiler checks the view against the payload it needs. */
export function widget<Need extends keyof Payloads>(given: {
  name: string;
  title: string;
  needs: Need;
  View: (props: ViewProps<Payloads[Need]>) => ReactElement;
}): Widget {
  const { name, title, needs, View } = given;
  return {
    name,
    title,
    needs,
    render(payloads, now, limits) {
      const data: Payloads[Need] | undefined = payloads[needs];
      return data === undefined ? null : <View data={data} now={now} limits={limits} />;
    },
  };
}
