// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTypedText } from '@/components/ui/use-typed-text';

const REST_MS = 150;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A field whose owner starts with `value` and never confirms by itself. */
function open(value: string) {
  const onRest = vi.fn<(text: string) => void>();
  const hook = renderHook((owned: string) => useTypedText({ value: owned, onRest, restMs: REST_MS }), {
    initialProps: value,
  });
  return {
    onRest,
    text: () => hook.result.current[0],
    type: (text: string) => act(() => hook.result.current[1](text)),
    rest: () => act(() => vi.advanceTimersByTime(REST_MS)),
    own: (text: string) => hook.rerender(text),
  };
}

describe('typed text', () => {
  it('is shown immediately, and handed on once typing pauses', () => {
    const { text, type, rest, onRest } = open('');
    type('c');
    type('cm');
    expect(text()).toBe('cm');
    expect(onRest).not.toHaveBeenCalled();
    rest();
    expect(onRest.mock.calls).toEqual([['cm']]);
  });

  it('is not replaced by a late confirmation of what was typed before', () => {
    const { text, type, rest, own, onRest } = open('');
    type('cm');
    rest();
    type('cmp');
    own('cm');
    expect(text()).toBe('cmp');
    rest();
    own('cmp');
    expect(text()).toBe('cmp');
    expect(onRest.mock.calls).toEqual([['cm'], ['cmp']]);
  });

  it('is replaced by a value that changes for another reason', () => {
    const { text, type, rest, own, onRest } = open('r01');
    type('r02');
    rest();
    own('r02');
    own('r01');
    expect(text()).toBe('r01');
    rest();
    expect(onRest.mock.calls).toEqual([['r02']]);
  });
});
