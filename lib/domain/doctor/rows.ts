import type { Examination } from '@/lib/readings/examination';
import { describeUnreadable, summarizeLosses } from '../cluster/unreadable';
import { checksOf, type RawCheck, skipped } from './check';

const NAMES = {
  keystone: 'Keystone',
  nova: 'Nova',
  placement: 'Placement',
  watcher: 'Watcher',
  prometheus: 'Prometheus',
} as const;

/** Whether everything that OpenStack sent could be read. */
export function examineRows({ losses, account }: Examination): RawCheck {
  const check = checksOf('Data');
  const [id, name] = ['unreadable', 'All rows can be read'];
  if (account.value === null) return check(id, name, skipped('OpenStack was not read.'));
  const details = Object.entries(NAMES).flatMap(([source, service]) => {
    const own = losses.filter((loss) => loss.source === source);
    return summarizeLosses(own).map((part) => `${service}, ${describeUnreadable(part)}`);
  });
  return check(id, name, {
    status: details.length === 0 ? 'ok' : 'warning',
    evidence:
      details.length === 0
        ? 'Nothing was sent that can’t be read.'
        : `${losses.length} ${losses.length === 1 ? 'row' : 'rows'} can’t be read completely; all others are used.`,
    details,
    fix: details.length === 0 ? null : 'Look at these objects with the openstack command, and repair or delete them.',
  });
}
