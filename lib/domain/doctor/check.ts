import type { DoctorCheck } from '@/lib/contract/v1/doctor';
import type { Part } from '@/lib/readings/placing-rules';

export type Finding = Pick<DoctorCheck, 'status' | 'evidence'> & Partial<Pick<DoctorCheck, 'details' | 'fix'>>;

/** Makes the checks of one part of the chain. */
export const checksOf =
  (part: DoctorCheck['part']) =>
  (id: string, name: string, finding: Finding): DoctorCheck => ({ id, part, name, details: [], fix: null, ...finding });

/** The finding about a part; if it could not be read, the reason and a fix for that. */
export function judge<T>(part: Part<T>, fix: string, look: (value: T) => Finding): Finding {
  return part.value === null ? { status: 'error', evidence: part.reason ?? 'It was not read.', fix } : look(part.value);
}

export const skipped = (evidence: string): Finding => ({ status: 'skipped', evidence });

/** 3 of 6 hosts */
export const ofAll = (some: number, all: number, things: string): string => `${some} of ${all} ${things}`;
