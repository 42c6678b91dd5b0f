import type { AuditList, AuditSummary } from '@/lib/contract/v1/audits';

/** What the address says of the audits: which one, and how many of the newest are passed over. */
export type Choice = { audit?: string; older: number; plain: boolean };

export function readChoice(query: Record<string, string | string[] | undefined>): Choice {
  const single = (name: string) => {
    const value = query[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const older = Number.parseInt(single('older') ?? '0', 10);
  return { audit: single('audit'), older: older > 0 ? older : 0, plain: single('plain') !== undefined };
}

/** The address of a choice. What is usual is left out. */
export function addressOf({ audit, older, plain }: Choice): string {
  const query = new URLSearchParams();
  if (audit !== undefined) query.set('audit', audit);
  if (older > 0) query.set('older', String(older));
  if (plain) query.set('plain', '1');
  const text = query.toString();
  return text === '' ? '/' : `/?${text}`;
}

/** The row of the chosen audit; the first where none is chosen or where the list is whole and has no such audit. */
export function findChosen({ audits, total }: AuditList, { audit: wanted, older }: Choice): AuditSummary | undefined {
  if (wanted === undefined) return audits[0];
  const found = audits.find(({ id, name }) => id === wanted || name === wanted);
  const whole = older === 0 && audits.length === total;
  return found ?? (whole ? audits[0] : undefined);
}
