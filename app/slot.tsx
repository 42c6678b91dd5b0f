import { type ReactElement, type ReactNode, Suspense } from 'react';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { WidgetBoundary } from '@/components/widget-boundary';
import type { Limits, Payloads, Widget } from '@/components/widgets/widget';
import type { View } from '@/lib/dashboard/views';

/** Data that is still being read, for each thing a widget can need. */
export type Reads = { [Need in keyof Payloads]: Promise<View<Payloads[Need]>> };

type SlotProps = { widget: Widget; reads: Reads; limits: Limits; whole: boolean };

/** The place of one widget: its title at once, a skeleton while its source is awaited, the source's failure, or the widget. */
export function WidgetSlot({ widget, reads, limits, whole }: SlotProps) {
  const view: Promise<View<Payloads[keyof Payloads]>> = reads[widget.needs];
  return (
    <Panel id={`widget-${widget.name}`} title={widget.title}>
      <Awaited view={view} lines={3} whole={whole}>
        {(data, now) => widget.render({ [widget.needs]: data }, now, limits)}
      </Awaited>
    </Panel>
  );
}

type PlaceProps = {
  /** Height of the skeleton. */
  lines: number;
  /** The page waits until it is there: what comes later needs JavaScript to get to its place. */
  whole: boolean;
};

type ArrivedProps<T> = {
  view: Promise<View<T>>;
  /** How a failure is announced. */
  role?: 'alert';
  children: (data: T, now: number) => ReactNode;
};

/** Shows what is read when it is there; the rest of the page does not wait. */
export function Awaited<T>({ lines, whole, ...arrived }: PlaceProps & ArrivedProps<T>): ReactElement {
  return (
    <Place lines={lines} whole={whole}>
      <Arrived {...arrived} />
    </Place>
  );
}

/** A place that is filled in its own time and may fail by itself. */
export function Place({ lines, whole, children }: PlaceProps & { children: ReactNode }): ReactElement {
  return (
    <WidgetBoundary>
      {whole ? children : <Suspense fallback={<Skeleton lines={lines} />}>{children}</Suspense>}
    </WidgetBoundary>
  );
}

/** What was read, or the sentence of the source that failed. */
export async function Arrived<T>({ view, role, children }: ArrivedProps<T>) {
  const arrived = await view;
  if (arrived.ok) return children(arrived.data, Date.now());
  return (
    <Notice tone="error" role={role}>
      {arrived.problem.message}
    </Notice>
  );
}
