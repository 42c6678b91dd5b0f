/**
 * What Watcher of one cloud does where releases differ, as far as its API versions prove it; null where they don't. Decided
 * here once and passed on as a value.
 *
 * API versions and OpenStack releases: up to 1.4 is 2025.1 or older, 1.5 and 1.6 are 2025.2 or 2026.1, 1.7 is 2026.2 or newer.
 * https://docs.openstack.org/watcher/latest/contributor/api_microversion_history.html
 */
export type Release = {
  /** For sentences, as in "Watcher 2025.1 or older"; null if unknown. */
  name: string | null;
  /** Actions can be skipped, and plans and actions carry a message (2025.2). */
  skips: boolean | null;
  /** A plan is FAILED if one of its actions is (2025.2). Of 2025.1, only some updates do that. */
  failsPlans: boolean | null;
  /** Before a move, the applier looks whether its VM is on the source and its destination is enabled (2026.1). */
  checksMoves: boolean | null;
  /** When a plan is cancelled, the moves that run end as usual (2026.1). Before, Watcher means to abort live migrations. */
  letsMovesEnd: boolean | null;
};

export const UNKNOWN_RELEASE: Release = {
  name: null,
  skips: null,
  failsPlans: null,
  checksMoves: null,
  letsMovesEnd: null,
};

type ApiVersions = { highest: readonly [major: number, minor: number] };

/** @param versions null if Watcher does not list them */
export function releaseOf(versions: ApiVersions | null | undefined): Release {
  if (!versions) return UNKNOWN_RELEASE;
  const [major, minor] = versions.highest;
  const reaches = (wanted: number) => major > 1 || minor >= wanted;
  if (reaches(7)) {
    return { name: '2026.2 or newer', skips: true, failsPlans: true, checksMoves: true, letsMovesEnd: true };
  }
  if (reaches(5)) {
    return { name: '2025.2 or 2026.1', skips: true, failsPlans: true, checksMoves: null, letsMovesEnd: null };
  }
  return { name: '2025.1 or older', skips: false, failsPlans: null, checksMoves: false, letsMovesEnd: false };
}
