import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movesOf, proveDrain } from '@/lib/domain/drain/proof';
import { reviewPlan } from '@/lib/domain/review/review';
import { move } from '../domain/review/scene';
import { fullScenes } from './full-scenes';

describe('the proof of a drain, whatever the cloud', () => {
  it('moves as proven, and the review of those moves finds none that would fail', () => {
    fc.assert(
      fc.property(fullScenes, (planned) => {
        const before = { ...planned, steps: [] };
        const proof = proveDrain(before, 'a');
        const moves = movesOf(proof, new Set());
        const steps = moves.map(({ vmId, destination }, at) =>
          move(vmId, 'a', destination, { wave: 1 + Math.floor(at / 2) }),
        );
        const { moves: reviewed } = reviewPlan({ ...before, steps });
        expect(reviewed.filter(({ verdict }) => verdict === 'would-fail')).toEqual([]);
        // Each VM is either moved or named among those that block.
        expect(proof.vms.length).toBe(before.vms.filter(({ host }) => host === 'a').length);
        expect(moves.length + proof.vms.filter(({ kind }) => kind === 'blocks').length).toBe(proof.vms.length);
      }),
    );
  });

  it('finds the same twice', () => {
    fc.assert(
      fc.property(fullScenes, (planned) => {
        const before = { ...planned, steps: [] };
        expect(proveDrain({ ...before, vms: before.vms.toReversed() }, 'a').vms).toEqual(proveDrain(before, 'a').vms);
      }),
    );
  });
});
