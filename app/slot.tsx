import { type ReactElement, type ReactNode, Suspense } from 'react';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { WidgetBoundary } from '@/components/widget-boundary';
import type { Limits, Payloads, Widget } from '@/components/widgets/widget';
import type { View } from '@/lib/dashboard/views';

/** Data that is still being read, for each thing a widget can need. */
export type Reads = { [Need in keyof Payloads]: Promise<View<Payloads[Need]>> };

/** The place of one widget: its title at once, a skeleton while its source is awaited, the source's failure, or the widget. */
export function WidgetSlot({ widget, reads, limits }: { widget: Widget; reads: Reads; limits: Limits }) {
  const view: Promise<View<Payloads[keyof Payloads]>> = reads[widget.needs];
  return (
    <Panel id={`widget-${widget.name}`} title={widget.title}>
      <Awaited view={view} lines={3}>
        {(data, now) => widget.render({ [widget.needs]: data }, now, limits)}
      </Awaited>
    </Panel>
  );
}

type Props<T> = { view: Promise<View<T>>; lines: number; children: (data: T, now: number) => ReactNode };

/** Shows what is read when it is there; the rest of the page does not wait. */
export function Awaited<T>({ view, lines, children }: Props<T>): ReactElement {
  return (
    <WidgetBoundary>
      <Suspense fallback={<Skeleton lines={lines} />}>
        <Arrived view={view} lines={lines}>
          {children}
        </Arrived>
      </Suspense>
    </WidgetBoundary>
  );
}

async function Arrived<T>({ view, children }: Props<T>) {
  const arrived = await view;
  if (arrived.ok) return children(arrived.data, Date.now());
  return <Notice tone="error">{arrived.problem.message}</Notice>;
}
