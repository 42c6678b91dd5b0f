import type { ReactElement, ReactNode } from 'react';
import type { Capacity } from '@/lib/contract/v1/capacity';
import type { HostMap } from '@/lib/contract/v1/host-map';
import type { News } from '@/lib/contract/v1/news';
import type { PhysicalOverview, VirtualOverview } from '@/lib/contract/v1/overview';
import type { Proposal } from '@/lib/contract/v1/proposal';
import type { Sources } from '@/lib/contract/v1/sources';
import type { Limits } from '@/lib/domain/cluster/levels';

/** What a widget can ask for, and what it gets. */
export type Payloads = {
  /** Nova and Placement. */
  virtual: VirtualOverview;
  /** Prometheus too. */
  physical: PhysicalOverview;
  /** A few numbers for every host, now and after the chosen plan. */
  hosts: HostMap;
  /** What is worth deciding: the plan to recommend, those that wait and those that run. */
  proposal: Proposal;
  /** What happened lately. */
  news: News;
  sources: Sources;
  /** How many more VMs fit, for the flavors that most VMs have. */
  room: Pick<Capacity, 'flavors' | 'not_offered' | 'reason' | 'readings'>;
};

/** Data, or a sentence that says which source has none. `isReading`: nothing failed, the first reading is not complete. */
export type Answer<Data> = { ok: true; data: Data } | { ok: false; problem: { message: string; isReading?: boolean } };

/** An answer, which may still be on its way, for everything that a widget can need. */
export type Answers = { [Need in keyof Payloads]: Promise<Answer<Payloads[Need]>> };

/** `now` is the time of rendering (ms), for ages; `limits` are the percentages from which load counts as warm or hot. */
export type ViewProps<Data> = { data: Data; now: number; limits: Limits };

/**
 * Where a widget appears: `verdict` is a sentence at the top, `line` something below it that is there only now and then, `cell`
 * a figure in the strip, `wide` and `side` are panels below it, of two thirds and one third of the width.
 */
export type Place = 'verdict' | 'line' | 'cell' | 'wide' | 'side';

/** What fills the place of a widget, or why nothing does. */
export type Filling =
  | { ok: true; aside: ReactNode; render(now: number, limits: Limits): ReactElement }
  | { ok: false; message: string; isReading?: boolean };

export type Widget = {
  name: string;
  title: string;
  place: Place;
  /** A cell that takes the whole width of a phone. */
  wide: boolean;
  fill(answers: Answers): Promise<Filling>;
};

/** Makes a widget of a view; the compiler checks the view against the payload it needs. */
export function widget<Need extends keyof Payloads>({
  name,
  title,
  place = 'cell',
  wide = false,
  needs,
  View,
  aside,
}: {
  name: string;
  title: string;
  place?: Place;
  wide?: boolean;
  needs: Need;
  View: (props: ViewProps<Payloads[Need]>) => ReactElement | null;
  /** A quieter figure beside the title of a cell. */
  aside?: (data: Payloads[Need]) => ReactNode;
}): Widget {
  return {
    name,
    title,
    place,
    wide,
    async fill(answers) {
      const answer = await answers[needs];
      if (!answer.ok) {
        const { message, isReading } = answer.problem;
        return { ok: false, message, isReading };
      }
      const { data } = answer;
      return {
        ok: true,
        aside: aside?.(data),
        render: (now, limits) => <View data={data} now={now} limits={limits} />,
      };
    },
  };
}
