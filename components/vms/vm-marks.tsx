import type { Vm } from '@/lib/contract/v1/vms';
import { Icon } from '../ui/icon';
import { Panel, PanelBody } from '../ui/panel';
import styles from './vm-marks.module.css';

/** Every ground why it must not move, with who gave it; and who ignores such grounds. */
export function VmMarks({ vm: { must_not_move: grounds, locked } }: { vm: Vm }) {
  const isMarked = grounds.length > 0;
  return (
    <Panel title="May it move?" note={isMarked ? 'It must not' : 'Nothing forbids it'}>
      <PanelBody>
        <ul className={styles.list}>
          {grounds.map(({ text }) => (
            <li key={text}>
              <Icon name="lock" size={14} />
              {text}
            </li>
          ))}
          {isMarked ? (
            <li>
              <Icon name="warn" size={14} tone="warn" />
              <span>
                Strategies host_maintenance, zone_migration and node_resource_consolidation <b>ignore</b> such marks.
              </span>
            </li>
          ) : (
            <li>
              <Icon name="ok" size={14} tone="ok" />
              Nobody has marked it “must not move”. Looked at: its tags and metadata, and the projects and flavors in
              the settings here.
            </li>
          )}
          {locked ? (
            <li>
              <Icon name="warn" size={14} tone="warn" />
              It is locked in Nova: only an admin can move it.
            </li>
          ) : null}
        </ul>
      </PanelBody>
    </Panel>
  );
}
