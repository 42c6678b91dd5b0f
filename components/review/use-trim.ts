'use client';

import { useMemo, useState } from 'react';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { reviewPlan } from '@/lib/domain/review/review';
import { trimPlan } from '@/lib/domain/review/trim';
import type { Aim } from '@/lib/domain/review/trim-aim';
import type { Trimmed } from '@/lib/domain/review/trim-choice';
import { readVariant, type Variant, type VariantScope, writeVariant } from '@/lib/domain/review/variant';

/** Which spread decides the order, where the strategy weighs CPU and RAM. */
export type Measure = 'cpu' | 'ram' | 'both';

export type UsedTrim = {
  given: Trimmed;
  /** The review with every move that can run. */
  whole: ReviewResult;
  measure: Measure;
  setMeasure: (measure: Measure) => void;
  weighsRam: boolean;
};

const NONE: ReadonlySet<number> = new Set();

/** The moves of the plan in order of worth, computed again only if destinations or other actions change. */
export function useTrim(
  { by, weights }: Aim,
  { scene, scope, variant }: { scene: Scene; scope: VariantScope; variant: Variant },
): UsedTrim {
  const weighsRam = by === 'spread' && weights.cpu > 0 && weights.ram > 0;
  const [measure, setMeasure] = useState<Measure>('both');
  const rest = new URLSearchParams(writeVariant({ ...variant, off: new Set(NONE), cut: null })).toString();
  const { whole, given } = useMemo(() => {
    const base = readVariant(new URLSearchParams(rest), scope).variant;
    const reviewed = reviewPlan(scene, base);
    const chosen =
      !weighsRam || measure === 'both' ? weights : { cpu: Number(measure === 'cpu'), ram: Number(measure === 'ram') };
    const trim = trimPlan(scene, base, { aim: { by, weights: chosen }, whole: reviewed });
    return { whole: reviewed, given: { scene, trim } };
  }, [scene, scope, rest, by, weights, weighsRam, measure]);
  return { given, whole, measure, setMeasure, weighsRam };
}
