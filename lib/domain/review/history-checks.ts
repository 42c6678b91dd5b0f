import type { SceneVm } from '@/lib/contract/v1/scene';
import { formatAge } from '@/lib/format';
import type { Findings } from './checks';
import type { Context } from './context';

type Going = { vm: SceneVm; destination: string | null };

/** Whether the VM has moved too often lately, or goes back and forth. A VM without known moves is not judged. */
export function checkHistory(findings: Findings, { asOf }: Context, { vm: { moved }, destination }: Going): void {
  if (moved === undefined || asOf === null) return;
  if (moved.too_often !== null) findings.reasons.push({ check: 'history', verdict: 'warning', text: moved.too_often });
  const left = moved.left.find(({ host }) => host === destination);
  if (!left) return;
  const text = `It left ${left.host} ${formatAge(asOf - left.at)} ago: this move takes it back there.`;
  findings.reasons.push({ check: 'history', verdict: 'warning', text });
}
