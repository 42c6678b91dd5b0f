import { runOfStep } from '@/lib/domain/plans/step-audits';
import { Link } from '../ui/link';
import { carefulAddress } from './addresses';

/** From an audit that is a step of a careful run, or from its plan, to that run; nothing for others. */
export function CarefulRunLink({ audit }: { audit: string }) {
  const run = runOfStep(audit);
  return run === null ? null : (
    <Link href={carefulAddress(run)} prefetch={false}>
      The careful run of this step
    </Link>
  );
}
