/** What differs between OpenStack releases when somebody acts. */

export type ReleaseName = 'zed' | '2025.1' | '2025.2' | '2026.1' | '2026.2';

export type Release = {
  name: ReleaseName;
  /** Watcher's highest microversion: 1.minor. */
  watcherMinor: number;
  /** Whether Watcher's responses carry a request id. */
  hasRequestIds: boolean;
  /** Whether Watcher checks a move before it hands it to Nova. */
  checksMoves: boolean;
  /** Whether a plan is FAILED as soon as one of its actions is. */
  failsWithAnAction: boolean;
  /**
   * What cancelling does to running actions: they run to their end; Nova is asked to abort live migrations; or Watcher’s engine
   * fails on the way there: actions keep the state they had, and Nova goes on.
   */
  cancels: 'after what runs' | 'with an abort' | 'and leaves actions behind';
  /** How long Watcher waits for a move, counted from its request, before it calls the action failed; ms. */
  patienceMs: number;
};

const OLD = {
  watcherMinor: 4,
  hasRequestIds: false,
  checksMoves: false,
  failsWithAnAction: false,
  cancels: 'and leaves actions behind',
  patienceMs: 120_000,
} as const;

const LATER = { hasRequestIds: true, failsWithAnAction: true, patienceMs: 900_000 } as const;

const RELEASES: Record<ReleaseName, Release> = {
  zed: { name: 'zed', ...OLD },
  '2025.1': { name: '2025.1', ...OLD },
  '2025.2': { name: '2025.2', ...LATER, watcherMinor: 5, checksMoves: false, cancels: 'with an abort' },
  '2026.1': { name: '2026.1', ...LATER, watcherMinor: 6, checksMoves: true, cancels: 'after what runs' },
  '2026.2': { name: '2026.2', ...LATER, watcherMinor: 7, checksMoves: true, cancels: 'after what runs' },
};

export const RELEASE_NAMES = Object.keys(RELEASES) as ReleaseName[]; // TypeScript types the keys of an object as string.

export const releaseNamed = (name: ReleaseName): Release => RELEASES[name];
