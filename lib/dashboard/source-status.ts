import 'server-only';
import type { SourceStatus } from '@/lib/contract/promised/source-status';
import type { Sources as SourcesView, SourceView } from '@/lib/contract/v1/sources';
import { readEnv } from '@/lib/env';
import { publicMessage, SOURCE_NAMES, SOURCES, type Source } from '@/lib/errors';
import { probeService } from '@/lib/openstack/probe';
import { type Cached, openCached } from './cache';
import { requireVisitor } from './gate';
import { processWide } from './process-wide';
import { openSources, type Sources } from './sources';

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
  const probes = await Promise.all(SOURCES.map((source) => probe(sources, source)));
  lastProbes().probes = probes;
  return probes;
}

async function probe({ session, load }: Sources, source: Source): Promise<Probe> {
  const at = Date.now();
  try {
    await (source === 'prometheus'
      ? load.prometheus.probe({ timeoutMs: PROBE_MS })
      : probeService(session, source, { timeoutMs: PROBE_MS }));
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
    return { sources: taken.value.map((found) => describeProbe(found, sources.mode)) };
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
