import { Suspense } from 'react';
import { Cell, MissingFigure } from '@/components/figures/cell';
import { CellSkeleton, LineSkeleton, PanelSkeleton, VerdictSkeleton } from '@/components/figures/placeholders';
import { Verdict } from '@/components/figures/verdict';
import { Panel, PanelBody } from '@/components/ui/panel';
import { WidgetBoundary } from '@/components/widget-boundary';
import type { Answers, Widget } from '@/components/widgets/widget';
import type { Limits } from '@/lib/domain/cluster/levels';

type SlotProps = {
  widget: Widget;
  answers: Answers;
  limits: Limits;
  /** The page waits for everything, so that no skeleton shows. */
  whole: boolean;
  /** The first heading of the page. */
  first?: boolean;
};

const idOf = ({ name }: Widget) => `widget-${name}`;

/** The place of one widget: a skeleton while its data is loading, then the widget, or why its source has no data. */
export function WidgetSlot({ whole, ...props }: SlotProps) {
  const content = <Filled {...props} />;
  return (
    <WidgetBoundary>
      {whole ? content : <Suspense fallback={<Waiting {...props} />}>{content}</Suspense>}
    </WidgetBoundary>
  );
}

type Props = Omit<SlotProps, 'whole'>;

function Waiting({ widget, first }: Pick<Props, 'widget' | 'first'>) {
  const { title, place, wide } = widget;
  const id = idOf(widget);
  switch (place) {
    case 'verdict':
      return <VerdictSkeleton title={title} level={first ? 1 : 2} />;
    case 'cell':
      return <CellSkeleton id={id} title={title} wide={wide} />;
    case 'line':
      return <LineSkeleton title={title} />;
    case 'wide':
      return <PanelSkeleton id={id} title={title} of="cells" />;
    case 'side':
      return <PanelSkeleton id={id} title={title} of="rows" />;
  }
}

async function Filled({ widget, answers, limits, first }: Props) {
  const filling = await widget.fill(answers);
  if (!filling.ok && filling.isReading) return <Waiting widget={widget} first={first} />;
  if (!filling.ok) return <Unavailable widget={widget} message={filling.message} first={first} />;
  const content = filling.render(Date.now(), limits);
  const { title, place, wide } = widget;
  if (place !== 'cell') return content;
  return (
    <Cell id={idOf(widget)} title={title} aside={filling.aside} wide={wide}>
      {content}
    </Cell>
  );
}

type UnavailableProps = Pick<Props, 'widget' | 'first'> & { message: string };

function Unavailable({ widget, message, first }: UnavailableProps) {
  const { title, place, wide } = widget;
  const id = idOf(widget);
  switch (place) {
    case 'verdict':
      return (
        <Verdict level={first ? 1 : 2} tone="error" icon="error" heading={`${title} unavailable`}>
          {message}
        </Verdict>
      );
    case 'cell':
      return (
        <Cell id={id} title={title} wide={wide}>
          <MissingFigure reason={message} />
        </Cell>
      );
    case 'line':
      return null;
    case 'wide':
    case 'side':
      return (
        <Panel id={id} title={title}>
          <PanelBody>{message}</PanelBody>
        </Panel>
      );
  }
}
