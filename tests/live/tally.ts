/** Compares values field by field and remembers what was equal. */
export class Tally {
  readonly differences: string[] = [];
  compared = 0;

  /** Equal to the letter. */
  same(field: string, ours: unknown, theirs: unknown): void {
    this.#note(field, JSON.stringify(ours) === JSON.stringify(theirs), [ours, theirs]);
  }

  /** No further than half a step of rounding from the values that may be right; unknown on both sides is equal. */
  near(field: string, ours: number | null | undefined, { theirs, step }: { theirs: number[]; step: number }) {
    const slack = step * 0.5 + 1e-6;
    const equal =
      theirs.length === 0
        ? ours === null
        : typeof ours === 'number' && ours >= Math.min(...theirs) - slack && ours <= Math.max(...theirs) + slack;
    this.#note(field, equal, [ours, theirs]);
  }

  #note(field: string, equal: boolean, [ours, theirs]: [unknown, unknown]): void {
    this.compared++;
    if (!equal) this.differences.push(`${field}: ours ${JSON.stringify(ours)}, the cloud's ${JSON.stringify(theirs)}`);
  }
}
