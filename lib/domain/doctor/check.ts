import type { DoctorCheck } from '@/lib/contract/v1/doctor';
import type { Examined } from '@/lib/readings/examined';

export type Finding = Pick<DoctorCheck, 'status' | 'evidence'> &
  Partial<Pick<DoctorCheck, 'details' | 'fix'>> & {
    /** Equal for all checks that fail for the same reason. */
    cause?: string;
  };

/** A check, before causes are reported once. */
export type RawCheck = DoctorCheck & { cause?: string };

/** Makes the checks of one part of the chain. */
export const checksOf =
  (part: DoctorCheck['part']) =>
  (id: string, name: string, finding: Finding): RawCheck => ({ id, part, name, details: [], fix: null, ...finding });

/** The finding about a part; if it could not be read, the reason and a fix for that. */
export function judge<T>(part: Examined<T>, fix: string, look: (value: T) => Finding): Finding {
  return part.reason === null ? look(part.value) : unread(part, fix);
}

/** Why a part could not be read, with the address that was tried. Skipped if something before it could not be read. */
export function unread({ reason, failure }: Examined<unknown>, fix: string): Finding {
  if (reason === null || failure === null) return skipped(reason ?? 'It was not read.');
  const { source, kind, tried } = failure;
  // A service that does not work fails every call, each of which may say so in other words.
  const isWhole = ['network', 'timeout', 'unauthorized', 'http', 'config', 'missing', 'redirect'].includes(kind);
  const code = tried?.code ? `, ${tried.code}` : '';
  return {
    status: 'error',
    evidence: reason,
    details: tried === null ? [] : [`Tried ${tried.address}${code}`],
    fix,
    cause: isWhole ? source : `${source} ${reason}`,
  };
}

/** One cause is one finding: later checks that fail because of it are skipped. */
export function reportOnce(checks: RawCheck[]): DoctorCheck[] {
  const first = new Map<string, string>();
  return checks.map(({ cause, ...check }) => {
    const name = cause === undefined ? undefined : first.get(cause);
    if (cause !== undefined && name === undefined) first.set(cause, check.name);
    return name === undefined ? check : { ...check, ...NOTHING, evidence: `Because of the same fault: ${name}.` };
  });
}

const NOTHING = { status: 'skipped' as const, details: [], fix: null };

export const skipped = (evidence: string): Finding => ({ status: 'skipped', evidence });

/** 3 of 6 hosts */
export const ofAll = (some: number, all: number, things: string): string => `${some} of ${all} ${things}`;
