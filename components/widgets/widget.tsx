import type { ReactElement, ReactNode } from 'react';
import type { HostMap } from '@/lib/contract/v1/host-map';
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
  /** Every host in a few numbers, now and after the chosen plan. */
  hosts: HostMap;
  /** What the newest audit proposes. */
  proposal: Proposal;
  sources: Sources;
};

/** `now` is the time of rendering in ms, for ages; `limits` the percentages from which load counts as warm or hot. */
export type ViewProps<Data> = { data: Data; now: number; limits: Limits };

/**
 * Where a widget stands: `verdict` is the sentences on top, `cell` one of the strip of figures, `wide` and `side` are
 * panels below it, two thirds and one third of the width.
 */
export type Place = 'verdict' | 'cell' | 'wide' | 'side';

export type Widget = {
  name: string;
  title: string;
  place: Place;
  /** A cell that takes the whole width of a phone. */
  wide: boolean;
  needs: keyof Payloads;
  /** The view, given its payload. */
  render(payloads: Partial<Payloads>, now: number, limits: Limits): ReactElement | null;
  /** What stands beside the title of a cell, given its payload. */
  aside(payloads: Partial<Payloads>): ReactNode;
  /** What stands in its place where its source has no data. */
  fail(message: string): ReactElement | null;
};

/** Makes a widget of a view; the compiler checks the view against the payload it needs. */
export function widget<Need extends keyof Payloads>(given: {
  name: string;
  title: string;
  place?: Place;
  wide?: boolean;
  needs: Need;
  View: (props: ViewProps<Payloads[Need]>) => ReactElement;
  /** A quieter figure beside the title of a cell. */
  aside?: (data: Payloads[Need]) => ReactNode;
  /** Instead of the sentence of the source that fails. */
  Failed?: (props: { message: string }) => ReactElement;
}): Widget {
  const { name, title, place = 'cell', wide = false, needs, View, aside, Failed } = given;
  return {
    name,
    title,
    place,
    wide,
    needs,
    render(payloads, now, limits) {
      const data: Payloads[Need] | undefined = payloads[needs];
      return data === undefined ? null : <View data={data} now={now} limits={limits} />;
    },
    aside(payloads) {
      const data: Payloads[Need] | undefined = payloads[needs];
      return data === undefined || aside === undefined ? null : aside(data);
    },
    fail: (message) => (Failed === undefined ? null : <Failed message={message} />),
  };
}
