import { Suspense } from 'react';
import { Cell, MissingFigure } from '@/components/figures/cell';
import { CellSkeleton, MapSkeleton, TableSkeleton } from '@/components/figures/placeholders';
import { VerdictSkeleton } from '@/components/figures/verdict';
import { Panel, PanelBody } from '@/components/ui/panel';
import { WidgetBoundary } from '@/components/widget-boundary';
import type { Payloads, Widget } from '@/components/widgets/widget';
import type { View } from '@/lib/dashboard/views/view';
import type { Limits } from '@/lib/domain/cluster/levels';

/** Data that is still being read, for each thing a widget can need. */
export type Reads = { [Need in keyof Payloads]: Promise<View<Payloads[Need]>> };

type SlotProps = { widget: Widget; reads: Reads; limits: Limits; whole: boolean; first: boolean };

const idOf = ({ name }: Widget) => `widget-${name}`;

/** The place of one widget: a skeleton while its source is awaited, then the widget, or the failure of the source. */
export function WidgetSlot({ widget, reads, limits, whole, first }: SlotProps) {
  const content = <Filled widget={widget} reads={reads} limits={limits} />;
  return (
    <WidgetBoundary>
      {whole ? content : <Suspense fallback={<Waiting widget={widget} first={first} />}>{content}</Suspense>}
    </WidgetBoundary>
  );
}

function Waiting({ widget, first }: { widget: Widget; first: boolean }) {
  const { title, place } = widget;
  const id = idOf(widget);
  switch (place) {
    case 'verdict':
      return <VerdictSkeleton level={first ? 1 : 2} />;
    case 'cell':
      return <CellSkeleton id={id} title={title} wide={widget.wide} />;
    case 'wide':
      return <MapSkeleton id={id} title={title} />;
    case 'side':
      return <TableSkeleton id={id} title={title} />;
  }
}

async function Filled({ widget, reads, limits }: Omit<SlotProps, 'whole' | 'first'>) {
  const { needs, title, place } = widget;
  const view: View<Payloads[keyof Payloads]> = await reads[needs];
  const id = idOf(widget);
  if (!view.ok) {
    const own = widget.fail(view.problem.message);
    if (own !== null) return own;
    return place === 'cell' ? (
      <Cell id={id} title={title} wide={widget.wide}>
        <MissingFigure reason={view.problem.message} />
      </Cell>
    ) : (
      <Panel id={id} title={title}>
        <PanelBody>{view.problem.message}</PanelBody>
      </Panel>
    );
  }
  const payload = { [needs]: view.data };
  const content = widget.render(payload, Date.now(), limits);
  return place === 'cell' ? (
    <Cell id={id} title={title} aside={widget.aside(payload)} wide={widget.wide}>
      {content}
    </Cell>
  ) : (
    content
  );
}
