import { useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import { ADDRESSES } from '../live/answers';
import { ActProblem, newKey, sendAct } from '../live/send-act';

/** What a person types to prove who they are; empty where nothing is asked. */
export type Proof = { user: string; password: string; code: string };

export const NO_PROOF: Proof = { user: '', password: '', code: '' };

type Acting = {
  /** Whether something is being sent. */
  isBusy: boolean;
  problem: ActProblem | null;
  /** Whether Keystone has asked for a code. */
  wantsCode: boolean;
  forget(): void;
  /** Signs in if that is needed, and sends the act. @returns whether it was done */
  act<T>(address: string, body: unknown, proof: { permission: Permission; given: Proof }): Promise<T | null>;
};

/** Whether the password is needed before the act. */
export const needsPassword = ({ sign_in: way, signed_in_until: until }: Permission, now: number): boolean =>
  way !== 'none' && (until === null || until <= now);

/** What is still to be typed to prove who one is. @param now when the dialog was opened; ms */
export function missingProof(permission: Permission, now: number, proof: Proof & { wantsCode: boolean }): string[] {
  return [
    needsPassword(permission, now) && proof.password === '' ? 'the password' : null,
    proof.wantsCode && proof.code === '' ? 'the code' : null,
  ].filter((part) => part !== null);
}

/** Sends acts of a dialog, one at a time. The same act that is sent again after a lost answer keeps its key. */
export function useActing(): Acting {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ActProblem | null>(null);
  const [wantsCode, setWantsCode] = useState(false);
  const [sent, setSent] = useState<{ asked: string; key: string } | null>(null);

  return {
    isBusy,
    problem,
    wantsCode,
    forget: () => setProblem(null),
    async act<T>(address: string, body: unknown, { permission, given }: { permission: Permission; given: Proof }) {
      if (isBusy) return null;
      setBusy(true);
      setProblem(null);
      const asked = JSON.stringify([address, body]);
      const key = sent?.asked === asked ? sent.key : newKey();
      setSent({ asked, key });
      try {
        if (needsPassword(permission, Date.now())) {
          const { user, password, code } = given;
          await sendAct(ADDRESSES.actingSignIn, { password, ...(user && { user }), ...(code && { code }) });
        }
        const done = await sendAct<T>(address, body, key);
        setSent(null);
        return done;
      } catch (error) {
        if (!(error instanceof ActProblem)) throw error;
        if (/one-time code/.test(error.message)) setWantsCode(true);
        // What was refused may be tried again; what may have been done keeps its key.
        if (error.status !== 0 && error.status < 500) setSent(null);
        setProblem(error);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
