import type { VariantProblem } from '@/lib/domain/review/variant';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';

type Props = {
  problems: VariantProblem[];
  /** Of the plan as it is. */
  address: string;
};

/** What the address asks for in vain; the rest of it is shown. */
export function VariantProblems({ problems, address }: Props) {
  const [first] = problems;
  if (!first) return null;
  return (
    <Notice tone="warn" role="status">
      A part of the link means nothing for this plan and is ignored. In {first.parameter}: {first.text}
      {problems.length === 1 ? '' : `, and ${problems.length - 1} more`}.{' '}
      <Link href={address} prefetch={false}>
        Show the plan without changes
      </Link>
    </Notice>
  );
}
