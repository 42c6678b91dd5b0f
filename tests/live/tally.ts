/** Compares values field by field and remembers what was equal. */
export class Tally {
  readonly differences: string[] = [];
  compared = 0;

  /** Equal to the letter. */
  same(field: string, ours: unknown, theirs: unknown): void {
    this.#note(field, JSON.stringify(ours) === JSON.stringify(theirs), [ours, theirs]);
  }

  /** Numbers as near as one step of rounding, to any of those that may be right; unknown on both sides is equal. */
  near(field: string, ours: number | null | undefined, { theirs, step }: { theirs: (number | null)[]; step: number }) {
    const equal = theirs.some((one) =>
      one === null ? ours === null : ours !== null && ours !== undefined && Math.abs(ours - one) <= step * 0.5 + 1e-6,
    );
    this.#note(field, equal, [ours, theirs]);
  }

  #note(field: string, equal: boolean, [ours, theirs]: [unknown, unknown]): void {
    this.compared++;
    if (!equal) this.differences.push(`${field}: ours ${JSON.stringify(ours)}, the cloud's ${JSON.stringify(theirs)}`);
  }
}
