/** How the moves of a careful run are divided into steps. */

/** The sizes of the first steps: the first move alone. */
const RAMP = [1, 2, 4];
/** No step is larger than this, or a tenth of the hosts. */
const LARGEST = 6;
const SHARE = 10;

type Asked = {
  /** Steps that were taken before. */
  taken: number;
  moves: number;
  /** Hosts of the region. */
  hosts: number;
  /** The size of each step after the first; null for one that grows. */
  width: number | null;
};

/**
 * The sizes of the steps to come. The last ones are of about the same size: a few moves more in each rather than a small step
 * at the end. 13 moves: 1, 2, 4, 6. 168 moves and 400 hosts: 1, 2, 4, 40, 40, 40, 41.
 */
export function batchSizes({ taken, moves, hosts, width }: Asked): number[] {
  const first = (width === null ? RAMP : [1]).slice(taken);
  const sizes: number[] = [];
  let left = moves;
  for (const size of first) {
    if (left === 0) return sizes;
    sizes.push(Math.min(size, left));
    left -= Math.min(size, left);
  }
  if (left === 0) return sizes;
  const largest = width ?? Math.max(LARGEST, Math.floor(hosts / SHARE));
  // A step may be a tenth over what was asked by nobody.
  const over = width === null ? Math.floor(largest / SHARE) : 0;
  const count = Math.ceil((left - Math.min(over, left - 1)) / largest);
  const [each, more] = [Math.floor(left / count), left % count];
  return [...sizes, ...Array.from({ length: count }, (_, i) => each + (i >= count - more ? 1 : 0))];
}
