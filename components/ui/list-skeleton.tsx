import styles from './list-skeleton.module.css';
import { Panel, PanelBody, PanelTools } from './panel';
import { Bone, Loading } from './skeleton';

type ListProps = {
  label: string;
  /** As many as a page has. */
  rows: number;
  /** Height in px of what each row has besides a name. */
  bar?: number;
};

/** A list with search and filters while it loads, at its final height. */
export function ListSkeleton({ label, rows, bar }: ListProps) {
  return (
    <Panel label={label} busy>
      <PanelTools label="Search and filters">
        <Bone width={260} height={28} />
        <Bone width={260} height={28} />
      </PanelTools>
      {Array.from({ length: rows + 1 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never reordered
        <div key={row} className={styles.row}>
          <Bone width={110} />
          <Bone width="20%" height={bar} />
          <Bone width="20%" height={bar} />
        </div>
      ))}
      <PanelBody>
        <Bone width={110} />
        <Loading />
      </PanelBody>
    </Panel>
  );
}

/** A panel while it loads: `s` for a few figures, `m` for a chart, `l` for a table. */
export function PlaceSkeleton({ label, size }: { label: string; size: 's' | 'm' | 'l' }) {
  return (
    <Panel label={label} busy>
      <div className={styles.place} data-size={size}>
        <Bone width={110} />
        <Loading />
      </div>
    </Panel>
  );
}
