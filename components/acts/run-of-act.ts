import type { ActView } from '@/lib/contract/v1/acts';
import { isRecord } from '@/lib/is-record';

/** The careful run that an act began, or was a step of; null for others. */
export const runOfAct = ({ request_document: request }: ActView): string | null =>
  isRecord(request) && typeof request.run === 'string' ? request.run : null;
