import 'server-only';
import type { SourceStatus } from '@/lib/contract/promised/source-status';
import type { Sources as SourcesView, SourceView } from '@/lib/contract/v1/sources';
import { summarizeLosses } from '@/lib/domain/cluster/unreadable';
import { readEnv } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, SOURCES, type Source, SourceError } from '@/lib/errors';
import { formatStamp } from '@/lib/format';
import { processWide } from '@/lib/process-wide';
import { SECOND_MS } from '@/lib/units';
import { requireVisitor } from '../access/visitors';
import { type Cached, openCached } from '../cache/cache';
import type { Failure } from '../cache/pauses';
import { currentFailures, currentLosses } from '../collect/readings';
import type { RegionId } from '../process/region';
import { withinOrThrow } from '../process/waiting';
import { openSources, type Sources } from '../sources/sources';

/** The result of probing one service. */
type Probe = {
  source: Source;
  error: { message: string; since: number } | null;
  at: number;
  /** When it last answered without an error. */
  answeredAt: number | null;
};

const LONGEST_PROBE_MS = 5 * SECOND_MS;

const lastProbes = () => processWide('last-probes', () => new Map<RegionId, Probe[]>());

async function probeAll(region: RegionId, sources: Sources, timeoutMs: number): Promise<Probe[]> {
  // A probe sends more than one request if it needs a token or a version first; all of them share one time limit.
  const inTime = (source: Source): Promise<void> =>
    withinOrThrow(sources.probe(source, { timeoutMs }), timeoutMs, () => {
      const message = `${SOURCE_NAMES[source]} did not answer within ${timeoutMs / SECOND_MS} s.`;
      return new SourceError(source, 'timeout', message);
    });
  const keystone = inTime('keystone');
  const probe = (source: Source): Promise<void> => {
    if (source === 'keystone') return keystone;
    if (source === 'prometheus') return inTime(source);
    // A service whose probe only waited for a token is not to blame: then the failure is Keystone's.
    return inTime(source).catch(async (error) => {
      await keystone;
      throw error;
    });
  };
  const before = lastProbes().get(region) ?? [];
  const probes = await Promise.all(
    SOURCES.map((source) =>
      recordProbe(
        source,
        probe(source),
        before.find((other) => other.source === source),
      ),
    ),
  );
  lastProbes().set(region, probes);
  return probes;
}

async function recordProbe(source: Source, probe: Promise<void>, before: Probe | undefined): Promise<Probe> {
  const at = Date.now();
  try {
    await probe;
    return { source, error: null, at, answeredAt: at };
  } catch (error) {
    return {
      source,
      error: { message: publicMessage(error), since: before?.error?.since ?? at },
      at,
      answeredAt: before?.answeredAt ?? null,
    };
  }
}

function cachedProbes(region: RegionId, sources: Sources): Cached<Probe[]> {
  const { SOURCE_STATUS_CACHE_TTL, UPSTREAM_TIMEOUT } = readEnv();
  const ttlMs = SOURCE_STATUS_CACHE_TTL * SECOND_MS;
  const timeoutMs = Math.min(LONGEST_PROBE_MS, UPSTREAM_TIMEOUT * SECOND_MS);
  return openCached({
    region,
    name: 'source-status',
    identity: sources.identity,
    source: 'keystone',
    ttlMs,
    maxStaleMs: 2 * ttlMs,
    load: () => probeAll(region, sources, timeoutMs),
    // A probe ends by itself; readers wait for its result instead of getting an older one.
    patienceMs: { refresh: 2 * LONGEST_PROBE_MS, first: 2 * LONGEST_PROBE_MS },
  });
}

/**
 * The status of each service. Does not reject for failing sources or wrong settings: these are errors of every service.
 *
 * @throws NotAllowed
 */
export async function viewSources(region: RegionId): Promise<SourcesView> {
  await requireVisitor();
  try {
    const sources = await openSources(region);
    const taken = await cachedProbes(region, sources).get();
    if (taken.state === 'missing') throw taken.failure.error;
    const [failures, losses] = await Promise.all([currentFailures(region), currentLosses(region)]);
    return {
      sources: taken.value.map((probe) => ({
        ...describeProbe(withFailure(probe, failures), sources.mode),
        unreadable: summarizeLosses(losses.filter(({ source }) => source === probe.source)),
      })),
    };
  } catch (error) {
    const at = Date.now();
    return {
      sources: SOURCES.map((source) => ({
        name: SOURCE_NAMES[source],
        status: 'error',
        message: publicMessage(error),
        since: null,
        checked_at: at,
        answered_at: null,
        unreadable: [],
      })),
    };
  }
}

/**
 * A service that answers a probe but fails a reading is not ok: a rejected or truncated list counts for more than one
 * short answer.
 */
function withFailure(probe: Probe, failures: Failure[]): Probe {
  if (probe.error !== null) return probe;
  const failure = failures.find(({ error }) => error instanceof SourceError && error.source === probe.source);
  if (!failure) return probe;
  return { ...probe, error: { message: publicMessage(failure.error), since: failure.since } };
}

function describeProbe(
  { source, error, at, answeredAt }: Probe,
  mode: Sources['mode'],
): Omit<SourceView, 'unreadable'> {
  return {
    name: SOURCE_NAMES[source],
    status: error ? 'error' : mode === 'simulated' ? 'mock' : 'ok',
    message: error?.message ?? null,
    since: error?.since ?? null,
    checked_at: at,
    answered_at: answeredAt,
  };
}

/** GET /api/source-status/: OpenStack is ok only if all four of its services are. */
export async function promiseSourceStatus(region: RegionId): Promise<SourceStatus> {
  const { sources } = await viewSources(region);
  const isPrometheus = ({ name }: SourceView) => name === SOURCE_NAMES.prometheus;
  return {
    prometheus: combine(sources.filter(isPrometheus)),
    openstack: combine(sources.filter((source) => !isPrometheus(source))),
  };
}

function combine(sources: SourceView[]): SourceStatus['openstack'] {
  const failing = sources.filter(({ status }) => status === 'error');
  if (failing.length === 0) return { status: sources.some(({ status }) => status === 'mock') ? 'mock' : 'ok' };
  const sentences = failing.map(({ message, since }) =>
    since === null ? message : `${message} Since ${formatStamp(since)}.`,
  );
  return { status: 'error', message: [...new Set(sentences)].join(' ') };
}
