import { Strip } from '@/components/figures/cell';
import { VerdictRow } from '@/components/figures/verdict';
import { WIDGETS } from '@/components/widgets';
import type { Place } from '@/components/widgets/widget';
import type { Limits } from '@/lib/domain/cluster/levels';
import styles from './page.module.css';
import { type Reads, WidgetSlot } from './slot';

type Props = { reads: Reads; limits: Limits; whole: boolean };

/** The upper half of the overview: the sentences, the strip of figures, the map and what stands beside it. */
export function OverviewPlaces(props: Props) {
  return (
    <>
      <section aria-label="Summary">
        <VerdictRow>
          <Slots place="verdict" {...props} />
        </VerdictRow>
      </section>
      <section aria-labelledby="capacity">
        <h2 id="capacity" className="visually-hidden">
          Capacity
        </h2>
        <Strip>
          <Slots place="cell" {...props} />
        </Strip>
      </section>
      <div className={styles.panels}>
        <div className={styles.wide}>
          <Slots place="wide" {...props} />
        </div>
        <div className={styles.side}>
          <Slots place="side" {...props} />
        </div>
      </div>
    </>
  );
}

function Slots({ place, reads, limits, whole }: Props & { place: Place }) {
  return WIDGETS.filter((widget) => widget.place === place).map((widget, at) => (
    <WidgetSlot key={widget.name} widget={widget} reads={reads} limits={limits} whole={whole} first={at === 0} />
  ));
}
