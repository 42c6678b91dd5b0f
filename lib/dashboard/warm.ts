import 'server-only';
import { openYield } from '@/lib/yield';
import { asServer } from './access/gate';
import { auditCasesOf, takeMoment } from './collect/moment';
import { effectFor } from './views/outcomes';

/** What lists tell of so many audits is worked out before anybody asks, a little at a time. */
const WARMED = 200;

/** After a refresh: what plans change, which takes some milliseconds for each audit and would keep everybody waiting at once. */
export async function warmEffects(): Promise<void> {
  const moment = await asServer(() =>
    takeMoment(['inventory', 'allocations', 'load', 'optimizer', 'planLoad'], { visit: false }),
  );
  if (!moment.optimizer?.value || !moment.inventory?.value) return;
  const yieldIfDue = openYield();
  for (const auditCase of auditCasesOf(moment).slice(0, WARMED)) {
    effectFor(moment, auditCase);
    await yieldIfDue();
  }
}
