import { Strip } from '@/components/figures/strip';
import { VerdictRow } from '@/components/figures/verdict';
import { Fold } from '@/components/ui/fold';
import { WIDGETS } from '@/components/widgets';
import type { Answers, Place, Widget } from '@/components/widgets/widget';
import type { Limits } from '@/lib/domain/cluster/levels';
import styles from './page.module.css';
import { WidgetSlot } from './slot';

type Props = { answers: Answers; limits: Limits; whole: boolean };

const widgetsOf = (place: Place): Widget[] => WIDGETS.filter((widget) => widget.place === place);

/** The upper half of the overview: the verdicts, the strip of figures and the panels below it. */
export function OverviewPlaces(props: Props) {
  const cells = widgetsOf('cell');
  return (
    <>
      <section aria-label="Summary">
        <VerdictRow>
          {widgetsOf('verdict').map((widget, at) => (
            <WidgetSlot key={widget.name} widget={widget} first={at === 0} {...props} />
          ))}
        </VerdictRow>
      </section>
      {widgetsOf('line').map((widget) => (
        <WidgetSlot key={widget.name} widget={widget} {...props} />
      ))}
      <section aria-labelledby="capacity">
        <h2 id="capacity" className="visually-hidden">
          Capacity
        </h2>
        <Strip cells={cells.length}>
          {cells.map((widget) => (
            <WidgetSlot key={widget.name} widget={widget} {...props} />
          ))}
        </Strip>
      </section>
      <Fold />
      <div className={styles.panels}>
        {inTurn(widgetsOf('wide'), widgetsOf('side')).map((widget) => (
          <div key={widget.name} className={styles.panel} data-place={widget.place}>
            <WidgetSlot widget={widget} {...props} />
          </div>
        ))}
        <span hidden data-end />
      </div>
    </>
  );
}

/** A wide panel and a side panel in turn, so that they share rows for as long as there are both. */
const inTurn = (wide: Widget[], side: Widget[]): Widget[] =>
  Array.from({ length: Math.max(wide.length, side.length) }, (_, at) => [wide[at], side[at]])
    .flat()
    .filter((widget) => widget !== undefined);
