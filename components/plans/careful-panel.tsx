import type { CarefulRunsView } from '@/lib/contract/v1/careful';
import { formatTime } from '@/lib/format';
import { carefulAddress } from '../figures/addresses';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Panel } from '../ui/panel';
import { Name, Quiet } from '../ui/values';
import styles from './careful-panel.module.css';

/** Careful runs that have not ended, those that wait for a person first; nothing without any. */
export function CarefulPanel({ runs, now }: { runs: CarefulRunsView['runs']; now: number }) {
  const open = runs
    .filter(({ state }) => state !== 'ended')
    .sort((a, b) => Number(b.state === 'paused') - Number(a.state === 'paused'));
  if (open.length === 0) return null;
  return (
    <Panel title="Careful runs">
      <ul className={styles.runs}>
        {open.map(({ id, of, title, state, why, person, reason, created_at: at }) => (
          <li key={id}>
            <Icon name={state === 'paused' ? 'warn' : 'half'} tone={state === 'paused' ? 'warn' : 'accent'} />
            <span>
              <Link href={carefulAddress(id)} prefetch={false}>
                {title}
              </Link>{' '}
              <Name>{of.kind === 'plan' ? of.audit_name : of.host}</Name>
              <br />
              <Quiet>{why === null ? `Begun ${formatTime(at, now)} by ${person}: ${reason}` : why.text}</Quiet>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
