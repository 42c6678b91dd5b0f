import { describe, expect, it } from 'vitest';
import { trimHeadline } from '@/components/review/trim-words';
import { host, move, scene, vm } from '../domain/review/scene';
import { trimOf } from '../domain/review/trim-of';

const headline = (loads: [a: number | null, b: number | null], moves = 1) => {
  const vms = ['x', 'y'].slice(0, moves);
  return trimHeadline(
    trimOf(
      scene({
        hosts: [host('a', loads[0]), host('b', loads[1])],
        vms: vms.map((id) => vm(id, 'a')),
        steps: vms.map((id) => move(id, 'a', 'b')),
      }),
    ),
  );
};

describe('how much of a plan is enough', () => {
  it('is all of one move that levels two hosts', () => {
    // 10 cores of 100 go from 60% to 40%.
    expect(headline([60, 40])).toBe('The one move is needed');
  });

  it('is no gain where the spread does not fall', () => {
    expect(headline([40, 60])).toBe('The move brings no gain');
    expect(headline([40, 60], 2)).toBe('The 2 moves bring no gain');
  });

  it('is unknown where no host is measured', () => {
    expect(headline([null, null])).toBe('What the move brings is unknown');
    expect(headline([null, null], 2)).toBe('What the 2 moves bring is unknown');
  });
});
