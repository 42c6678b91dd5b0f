import type { Caution } from '@/lib/contract/v1/explanations';
import { Notice } from '../ui/notice';

/** What happens to VMs against what their owners expect is a warning; the rest is good to know. */
const WARNINGS: Caution['code'][] = ['shuts-off', 'ignores-exclusions'];

/** What to know about a plan before it is started. */
export function Cautions({ cautions }: { cautions: Caution[] }) {
  return cautions.map(({ code, text }) => (
    <Notice key={text} tone={WARNINGS.includes(code) ? 'warn' : 'plain'}>
      {text}
    </Notice>
  ));
}
