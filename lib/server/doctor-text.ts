import type { Doctor, DoctorCheck } from '@/lib/contract/v1/doctor';

/** The doctor's findings for a terminal: what is wrong stands out, and names from the cloud move no cursor. */

const MARKS: Record<DoctorCheck['status'], [mark: string, colour: number]> = {
  ok: ['ok     ', 32],
  warning: ['warning', 33],
  error: ['ERROR  ', 31],
  skipped: ['skipped', 2],
};

const SHOWN = 12;

export function printDoctor({ checks, summary }: Doctor, { colours }: { colours: boolean }): string {
  const paint = (text: string, colour: number) => (colours ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const lines: string[] = [];
  let part: string | null = null;
  for (const check of checks) {
    if (check.part !== part) lines.push('', check.part);
    part = check.part;
    const [mark, colour] = MARKS[check.status];
    lines.push(`  ${paint(mark, colour)}  ${plain(check.name)}`, `           ${plain(check.evidence)}`);
    for (const detail of check.details.slice(0, SHOWN)) lines.push(`           - ${plain(detail)}`);
    if (check.details.length > SHOWN) lines.push(`           - and ${check.details.length - SHOWN} more`);
    if (check.fix !== null) lines.push(`           ${paint('fix:', 1)} ${plain(check.fix)}`);
  }
  const { ok, warning, error, skipped } = summary;
  lines.push('', `${ok} ok, ${warning} with a warning, ${error} broken, ${skipped} skipped`);
  return lines.join('\n').trimStart();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
