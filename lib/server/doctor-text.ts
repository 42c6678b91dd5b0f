import type { Doctor, DoctorCheck } from '@/lib/contract/v1/doctor';

/** The doctor's findings as text for a terminal. Control characters in names from the cloud are removed. */

const MARKS: Record<DoctorCheck['status'], [mark: string, colour: number]> = {
  ok: ['ok     ', 32],
  warning: ['warning', 33],
  error: ['ERROR  ', 31],
  skipped: ['skipped', 2],
};

const MAX_DETAILS = 12;

export function printDoctor({ checks, summary }: Doctor, { colours }: { colours: boolean }): string {
  const paint = (text: string, colour: number) => (colours ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const lines: string[] = [];
  let part: string | null = null;
  for (const check of checks) {
    if (check.part !== part) lines.push('', check.part);
    part = check.part;
    const [mark, colour] = MARKS[check.status];
    lines.push(`  ${paint(mark, colour)}  ${plain(check.name)}`, `           ${plain(check.evidence)}`);
    for (const detail of check.details.slice(0, MAX_DETAILS)) lines.push(`           - ${plain(detail)}`);
    if (check.details.length > MAX_DETAILS) lines.push(`           - and ${check.details.length - MAX_DETAILS} more`);
    if (check.fix !== null) lines.push(`           ${paint('fix:', 1)} ${plain(check.fix)}`);
  }
  const { ok, warning, error, skipped } = summary;
  lines.push('', `${ok} ok, ${warning} with a warning, ${error} broken, ${skipped} skipped`);
  return lines.join('\n').trimStart();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it removes control characters
const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
