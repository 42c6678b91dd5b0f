import { useEffect, useState } from 'react';
import type { NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import type { WireSettings } from './draft';

/** A pause in typing. */
const REST_MS = 300;

type Checked = {
  check: NewAuditCheck;
  /** Whether the settings have changed since, so that another check is on its way. */
  isOld: boolean;
  problem: string | null;
};

/** The server's check of the settings, after each pause in typing. @param first came with the page */
export function useCheck(settings: WireSettings, first: NewAuditCheck): Checked {
  const text = JSON.stringify(settings);
  const [initial] = useState(text);
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const address = rested === initial ? null : ADDRESSES.newAuditCheck(rested);
  const { data, error, isLoading } = useAnswer<NewAuditCheck>(address, undefined, { keepPreviousData: true });
  const check = address === null ? first : (data ?? first);
  return { check, isOld: rested !== text || isLoading, problem: error?.message ?? null };
}
