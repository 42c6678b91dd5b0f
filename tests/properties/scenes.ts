import { UNKNOWN_RELEASE } from '@/lib/domain/plans/release';
import { setScene } from '@/lib/domain/projection/scene';
import type { Cloud } from './clouds';

export const LIMITS = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } };

type Happened = Parameters<typeof setScene>[0]['happened'];

/** The scene of a random cloud's plan, without rules and peaks. */
export const sceneWith = ({ cluster, actions, use }: Cloud, happened: Happened) =>
  setScene({
    cluster,
    actions,
    happened,
    use,
    rules: { value: null, reason: 'not read' },
    peaks: { value: null, reason: 'not read' },
    noAllocations: null,
    draining: new Map(),
    release: UNKNOWN_RELEASE,
    excluded: [],
    limits: LIMITS,
  });
