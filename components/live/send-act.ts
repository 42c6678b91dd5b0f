import { withBase } from '@/lib/base-path';
import type { Refusal } from '@/lib/contract/v1/acts';
import { isRecord } from '@/lib/is-record';
import { keepIn, keptHere } from '../ui/kept';
import { decodeAnswer } from './wire';

/** An act that was not done as asked, in the server's words. */
export class ActProblem extends Error {
  /** Of HTTP; 0 if the server could not be reached, which leaves open whether it was done. */
  readonly status: number;
  /** Name of the problem type, as in /api/problems/. */
  readonly type: string;
  readonly refusal: Refusal | null;

  constructor(message: string, { status, type, refusal }: Pick<ActProblem, 'status' | 'type' | 'refusal'>) {
    super(message);
    this.name = 'ActProblem';
    this.status = status;
    this.type = type;
    this.refusal = refusal;
  }
}

const LOST = 'The answer was lost, and it is not known whether this was done. Look at the plan before you try again.';

/** A new one for each act: sent again with the same, the act is done once. */
export function newKey(): string {
  // randomUUID exists only over HTTPS.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sends an act. @throws ActProblem */
export async function sendAct<T>(address: string, body: unknown, key?: string): Promise<T> {
  let response: Response;
  try {
    response = await window.fetch(withBase(keepIn(address, keptHere())), {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ActProblem(LOST, { status: 0, type: '', refusal: null });
  }
  const answer: unknown = await response.json().catch(() => null);
  // The server answers what the contract says; both are built from the same schema.
  if (response.ok && answer !== null) return decodeAnswer(answer) as T;
  const { detail, type, refusal } = isRecord(answer) ? answer : {};
  throw new ActProblem(typeof detail === 'string' ? detail : LOST, {
    status: response.status,
    type: typeof type === 'string' ? (/([a-z-]+)\/$/.exec(type)?.[1] ?? '') : '',
    // As in the problem's schema.
    refusal: isRecord(refusal) ? (refusal as Refusal) : null,
  });
}
