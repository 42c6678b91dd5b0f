import type { Doctor, DoctorCheck } from '@/lib/contract/v1/doctor';
import { plain } from './plain';

/** The doctor's findings as text for a terminal. */

const MARKS: Record<DoctorCheck['status'], [mark: string, colour: number]> = {
  ok: ['ok     ', 32],
  warning: ['warning', 33],
  error: ['ERROR  ', 31],
  skipped: ['skipped', 2],
};

const MAX_DETAILS = 12;

export function printChecks({ checks }: Doctor, { colours }: { colours: boolean }): string[] {
  const paint = (text: string, colour: number) => (colours ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const lines: string[] = [];
  let part: string | null = null;
  for (const check of checks) {
    if (check.part !== part) lines.push(...(part === null ? [] : ['']), check.part);
    part = check.part;
    const [mark, colour] = MARKS[check.status];
    lines.push(`  ${paint(mark, colour)}  ${plain(check.name)}`, `           ${plain(check.evidence)}`);
    for (const detail of check.details.slice(0, MAX_DETAILS)) lines.push(`           - ${plain(detail)}`);
    if (check.details.length > MAX_DETAILS) lines.push(`           - and ${check.details.length - MAX_DETAILS} more`);
    if (check.fix !== null) lines.push(`           ${paint('fix:', 1)} ${plain(check.fix)}`);
  }
  return lines;
}
