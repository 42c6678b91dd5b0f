// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { saveText } from '@/components/ui/save-file';
import { SECOND_MS } from '@/lib/units';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('saves text as UTF-8 under the given name, and frees it once the browser has read it', async () => {
  const create = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:text');
  const revoke = vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(`${this.download} from ${this.href}`);
  });
  saveText('moves.csv', 'vm,σ\n', 'text/csv');
  expect(clicked).toEqual(['moves.csv from blob:text']);
  const [content] = create.mock.calls[0] ?? [];
  if (!(content instanceof Blob)) throw new Error('no file was made');
  expect(content.type).toBe('text/csv;charset=utf-8');
  expect(await content.text()).toBe('vm,σ\n');
  vi.advanceTimersByTime(9 * SECOND_MS);
  expect(revoke).not.toHaveBeenCalled();
  vi.advanceTimersByTime(SECOND_MS);
  expect(revoke).toHaveBeenCalledWith('blob:text');
  expect(document.querySelector('a')).toBeNull();
});
