import 'server-only';
import type { SourceStatus } from '@/lib/contract/promised/source-status';
import type { Sources as SourcesView, SourceView } from '@/lib/contract/v1/sources';
import { readEnv } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, SOURCES, type Source, SourceError } from '@/lib/errors';
import { probeService } from '@/lib/openstack/probe';
import { processWide } from '@/lib/process-wide';
import { requireVisitor } from '../access/gate';
import { type Cached, type Failure, openCached } from '../cache/cache';
import { failuresUnderWay } from '../collect/readings';
import { withinOrThrow } from '../process/waiting';
import { openSources, type Sources } from '../sources/sources';

/** What one probe found of one service. */
type Probe = {
  source: Source;
  error: { message: string; since: number } | null;
  at: number;
  /** When it last answered as it should. */
  answeredAt: number | null;
};

/** A probe never waits longer. */
const PROBE_MS = 5_000;

const lastProbes = () => processWide<{ probes: Probe[] }>('last-probes', () => ({ probes: [] }));

async function probeAll(sources: Sources): Promise<Probe[]> {
  const timeoutMs = Math.min(PROBE_MS, readEnv().UPSTREAM_TIMEOUT * 1000);
  const keystone = inTime(probeService(sources.session, 'keystone', { timeoutMs }), 'keystone', timeoutMs);
  const outcomeOf = (source: Source): Promise<void> => {
    if (source === 'keystone') return keystone;
    if (source === 'prometheus') return inTime(sources.load.prometheus.probe({ timeoutMs }), 'prometheus', timeoutMs);
    // Who waits in vain for a token is not to blame.
    return inTime(probeService(sources.session, source, { timeoutMs }), source, timeoutMs).catch(async (error) => {
      await keystone;
      throw error;
    });
  };
  const probes = await Promise.all(SOURCES.map((source) => describeOutcome(source, outcomeOf(source))));
  lastProbes().probes = probes;
  return probes;
}

/** A probe sends more than one request if it needs a token or a version first; all of them share one time limit. */
const inTime = (probe: Promise<void>, source: Source, ms: number): Promise<void> =>
  withinOrThrow(
    probe,
    ms,
    () => new SourceError(source, 'timeout', `${SOURCE_NAMES[source]} did not answer within ${ms / 1000} s.`),
  );

async function describeOutcome(source: Source, outcome: Promise<void>): Promise<Probe> {
  const at = Date.now();
  try {
    await outcome;
    return { source, error: null, at, answeredAt: at };
  } catch (error) {
    const before = lastProbes().probes.find((other) => other.source === source);
    return {
      source,
      error: { message: publicMessage(error), since: before?.error?.since ?? at },
      at,
      answeredAt: before?.answeredAt ?? null,
    };
  }
}

function cachedProbes(sources: Sources): Cached<Probe[]> {
  const ttlMs = readEnv().SOURCE_STATUS_CACHE_TTL * 1000;
  return openCached({
    name: 'source-status',
    identity: sources.identity,
    source: 'keystone',
    ttlMs,
    maxStaleMs: 2 * ttlMs,
    load: () => probeAll(sources),
    // A probe ends by itself; whoever asks gets its outcome, not an older one.
    patienceMs: { refresh: 2 * PROBE_MS, first: 2 * PROBE_MS },
  });
}

/**
 * Each service by itself. Rejects for nothing that a source or a setting did: one that can't be used is an error of every service it concerns.
 *
 * @throws NotAllowed
 */
export async function viewSources(): Promise<SourcesView> {
  await requireVisitor();
  try {
    const sources = await openSources();
    const taken = await cachedProbes(sources).get();
    if (taken.state === 'missing') throw taken.failure.error;
    const failures = await failuresUnderWay();
    return { sources: taken.value.map((found) => describeProbe(withFailure(found, failures), sources.mode)) };
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
      })),
    };
  }
}

/**
 * A service that answers a probe and fails what it is needed for is not ok: a list that is refused, cut or too long says
 * more than one short answer.
 */
function withFailure(probe: Probe, failures: Failure[]): Probe {
  if (probe.error !== null) return probe;
  const failure = failures.find(({ error }) => error instanceof SourceError && error.source === probe.source);
  if (!failure) return probe;
  return { ...probe, error: { message: publicMessage(failure.error), since: failure.since } };
}

function describeProbe({ source, error, at, answeredAt }: Probe, mode: Sources['mode']): SourceView {
  return {
    name: SOURCE_NAMES[source],
    status: error ? 'error' : mode === 'simulated' ? 'mock' : 'ok',
    message: error?.message ?? null,
    since: error?.since ?? null,
    checked_at: at,
    answered_at: answeredAt,
  };
}

/** GET /api/source-status/: OpenStack is ok only if all its four services are. */
export async function promiseSourceStatus(): Promise<SourceStatus> {
  const { sources } = await viewSources();
  const isPrometheus = ({ name }: SourceView) => name === SOURCE_NAMES.prometheus;
  return {
    prometheus: sum(sources.filter(isPrometheus)),
    openstack: sum(sources.filter((source) => !isPrometheus(source))),
  };
}

function sum(sources: SourceView[]): SourceStatus['openstack'] {
  const failing = sources.filter(({ status }) => status === 'error');
  if (failing.length === 0) return { status: sources.some(({ status }) => status === 'mock') ? 'mock' : 'ok' };
  const sentences = failing.map(({ message, since }) =>
    since === null ? message : `${message} Since ${clockTime(since)}.`,
  );
  return { status: 'error', message: [...new Set(sentences)].join(' ') };
}

/** 02:41 UTC, with the date in front, since a failure may be older than a day. */
function clockTime(at: number): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
