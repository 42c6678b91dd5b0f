import type { Refusal, RefusalCode } from '@/lib/contract/v1/acts';

type More = { override?: Refusal['override']; moves?: string[]; plan?: string };

export const refusal = (code: RefusalCode, text: string, { override, moves, plan }: More = {}): Refusal => ({
  code,
  text,
  override: override ?? null,
  moves: moves ?? [],
  plan_id: plan ?? null,
});
