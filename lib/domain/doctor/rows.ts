import type { DoctorCheck } from '@/lib/contract/v1/doctor';
import type { Losses } from '@/lib/readings/losses';
import { describeUnreadable, summarizeLosses } from '../cluster/unreadable';
import { checksOf } from './check';

const NAMES = { keystone: 'Keystone', nova: 'Nova', placement: 'Placement', watcher: 'Watcher' } as const;

/** Whether everything that OpenStack sent could be read. */
export function examineRows(losses: Losses): DoctorCheck {
  const details = Object.entries(NAMES).flatMap(([source, name]) => {
    const own = losses.filter((loss) => loss.source === source);
    return summarizeLosses(own).map((part) => `${name}, ${describeUnreadable(part)}`);
  });
  return checksOf('Data')('unreadable', 'All rows can be read', {
    status: details.length === 0 ? 'ok' : 'warning',
    evidence:
      details.length === 0
        ? 'OpenStack sent nothing that can’t be read.'
        : `${losses.length} ${losses.length === 1 ? 'row' : 'rows'} that OpenStack sent can’t be read completely; all others are used.`,
    details,
    fix: details.length === 0 ? null : 'Look at these objects with the openstack command, and repair or delete them.',
  });
}
