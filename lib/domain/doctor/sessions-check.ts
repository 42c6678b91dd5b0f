import type { Examined } from '@/lib/readings/examined';
import { checksOf, judge, type RawCheck } from './check';

const check = checksOf('OpenStack');

const FIX =
  'Allow the policies identity:get_user and identity:list_role_assignments for the account, by default with the admin role on its project or the reader role on the system. Until then, a session of a disabled user lasts until it expires.';

/** Without it sessions still end, only later, so it is never more than a warning. */
export function sessionsCheck(standing: Examined<{ roles: string[] }>): RawCheck {
  const finding = judge(standing, FIX, () => ({ status: 'ok', evidence: 'Keystone reports users and their roles.' }));
  return check('sessions', 'Sessions can be checked with Keystone', {
    ...finding,
    status: finding.status === 'error' ? 'warning' : finding.status,
  });
}
