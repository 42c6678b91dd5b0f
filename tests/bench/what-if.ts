import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import { largeScene } from '../domain/review/scene';

/** Time for one click in the what-if: `npx tsx tests/bench/what-if.ts`. Budget: 50 ms with 1,000 hosts and 500 moves. */
const BUDGET_MS = 50;

const scene = largeScene(1000, 500);
const times = Array.from({ length: 200 }, (_, i) => {
  const variant = { ...noVariant(), off: new Set([i]), to: new Map([[i + 1, 'cmp-900']]) };
  const start = performance.now();
  reviewPlan(scene, variant);
  return performance.now() - start;
});
const sorted = [...times].sort((a, b) => a - b);
const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
console.log(
  `what-if, 1,000 hosts, 500 moves: first ${times[0]?.toFixed(1)} ms, median ${at(0.5).toFixed(1)}, 95th percentile ${at(0.95).toFixed(1)}, max ${at(1).toFixed(1)}`,
);
if (at(0.95) > BUDGET_MS) process.exitCode = 1;
