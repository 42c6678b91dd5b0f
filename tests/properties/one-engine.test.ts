import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditsSchema } from '@/lib/contract/promised/audits';
import { sceneSchema } from '@/lib/contract/v1/scene';
import { reviewResultSchema } from '@/lib/contract/v1/verdicts';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { UNKNOWN_RELEASE } from '@/lib/domain/plans/release';
import { describeAudit } from '@/lib/domain/projection/audits';
import { compareWithPromise } from '@/lib/domain/projection/delivered';
import { runOf } from '@/lib/domain/projection/executed-run';
import { scoresBefore } from '@/lib/domain/projection/figures';
import { projectColumns } from '@/lib/domain/projection/host-map';
import { effectOfPlan } from '@/lib/domain/projection/host-plan';
import { summarizeOutcome } from '@/lib/domain/projection/outcome';
import { type PlanView, projectPlan } from '@/lib/domain/projection/plan-projection';
import { promiseAudit } from '@/lib/domain/projection/promised';
import { startOf } from '@/lib/domain/projection/snapshot';
import { compareMoves } from '@/lib/domain/review/compare';
import { reviewPlan } from '@/lib/domain/review/review';
import type { ActionPlan } from '@/lib/openstack/records';
import { auditRow } from '../domain/records';
import { type Cloud, clouds } from './clouds';
import { happenedIn } from './nova-says';
import { LIMITS, sceneWith } from './scenes';

const RUNS = { seed: 20261128, numRuns: 400 };

const OPEN = ['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING'];

function caseOf({ actions }: Cloud, state: string): AuditCase & { shown: ActionPlan } {
  const shown: ActionPlan = {
    id: 'plan',
    auditId: 'audit',
    strategy: null,
    state,
    efficacy: [],
    globalEfficacy: [],
    hostname: null,
    statusMessage: null,
    createdAt: 1_000,
    updatedAt: null,
  };
  const audit = auditRow({ goal: 'server_consolidation' });
  return { audit, plans: [shown], shown, actions: { plan: actions } };
}

function project(cloud: Cloud, state: string, history = {}): PlanView {
  const { shown } = caseOf(cloud, state);
  return projectPlan(
    { plan: shown, actions: cloud.actions, cluster: cloud.cluster, happened: happenedIn(cloud.actions) },
    { measuredAt: 5_000, use: cloud.use, history, hostLabels: ['instance'] },
  );
}

const sceneOf = (cloud: Cloud) => sceneWith(cloud, happenedIn(cloud.actions));

const clamped = (value: number) => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10 + 0;
const known = (values: (number | null)[]) => values.filter((value) => value !== null);

describe('every surface', () => {
  it('shows the same load after an open plan, host by host', () => {
    fc.assert(
      fc.property(clouds, fc.constantFrom(...OPEN), (cloud, state) => {
        const auditCase = caseOf(cloud, state);
        const view = project(cloud, state);
        const review = reviewPlan(sceneOf(cloud));
        const typed = describeAudit(
          auditCase,
          {
            view,
            effect: null,
            outcome: null,
            drift: null,
            release: UNKNOWN_RELEASE,
            happened: happenedIn(cloud.actions),
          },
          cloud.cluster,
        ).projection;
        const names = cloud.cluster.hosts.map(({ name }) => name);
        expect(review.hosts).toEqual(typed?.hosts);

        const after = effectOfPlan(auditCase, view)?.after;
        for (const { host, cpu_after, ram_after, vcpu_after, vram_after, leaving, arriving } of review.hosts) {
          expect(after?.get(host)).toEqual({ cpu_after, ram_after, vcpu_after, vram_after, leaving, arriving });
        }

        const migrations = view.migrations.length;
        const columns = projectColumns(names, {
          audit: auditCase.audit,
          planState: state,
          migrations,
          projection: view.projection,
        });
        expect(columns.cpu).toEqual(migrations === 0 ? [] : review.hosts.map(({ cpu_after }) => cpu_after));
        expect(columns.ram).toEqual(migrations === 0 ? [] : review.hosts.map(({ ram_after }) => ram_after));

        const promised = z.encode(auditsSchema.shape.audits.element, promiseAudit(auditCase, view));
        const measured = review.hosts.filter(({ cpu_now }) => cpu_now !== null);
        expect(JSON.parse(promised.host_labels)).toEqual(measured.map(({ host }) => host));
        expect(JSON.parse(promised.cpu_projected)).toEqual(
          known(measured.map(({ cpu_after }) => cpu_after)).map(clamped),
        );
      }),
      RUNS,
    );
  });

  it('shows the same totals and the same balance for an open plan', () => {
    fc.assert(
      fc.property(clouds, fc.constantFrom(...OPEN), (cloud, state) => {
        const { audit, shown } = caseOf(cloud, state);
        const view = project(cloud, state);
        const outcome = summarizeOutcome(view, { goal: audit.goal, plan: shown, limits: LIMITS });
        const { totals, now, after } = reviewPlan(sceneOf(cloud));
        const { moves, moves_left, hosts_touched, ram_to_copy, emptied } = outcome;
        expect(totals).toMatchObject({ moves, moves_left, hosts_touched, ram_to_copy });
        expect({ ...totals.emptied, by: 'projection' }).toEqual(emptied);
        // Metrics show the balance of CPU of these two.
        expect([now, after]).toEqual([scoresBefore(startOf(cloud.cluster)), view.balance.after]);
        expect(outcome.cpu.spread).toEqual({ now: now.cpu?.spread ?? null, after: after.cpu?.spread ?? null });
        expect(outcome.cpu.hottest.after?.load ?? null).toBe(after.cpu?.highest.percentage ?? null);
      }),
      RUNS,
    );
  });

  it('shows the same moves with the same points and problems for an open plan', () => {
    fc.assert(
      fc.property(clouds, fc.constantFrom(...OPEN), (cloud, state) => {
        const audited = project(cloud, state).migrations;
        const reviewed = reviewPlan(sceneOf(cloud)).moves;
        const shared = ['action_id', 'source_points', 'destination_points', 'impact', 'projected', 'problem'] as const;
        const pick = (move: (typeof audited)[number] | (typeof reviewed)[number]) => shared.map((key) => move[key]);
        expect(reviewed.map(pick)).toEqual(audited.map(pick));
      }),
      RUNS,
    );
  });

  it('agrees with itself: a plan compared with itself moves the same VMs', () => {
    fc.assert(
      fc.property(clouds, (cloud) => {
        const [one, other] = [reviewPlan(sceneOf(cloud)), reviewPlan(sceneOf(cloud))];
        expect(one).toEqual(other);
        const { differing, only_left, only_right } = compareMoves(one, other);
        expect([differing, only_left, only_right]).toEqual([[], [], []]);
      }),
      RUNS,
    );
  });
});

describe('the what-if in the browser', () => {
  it('shows what the server shows, from a scene that went over the wire', () => {
    fc.assert(
      fc.property(clouds, (cloud) => {
        const scene = sceneOf(cloud);
        const received = sceneSchema.parse(JSON.parse(JSON.stringify(z.encode(sceneSchema, scene))));
        const shown = (result: ReturnType<typeof reviewPlan>) => z.encode(reviewResultSchema, result);
        expect(shown(reviewPlan(received))).toEqual(shown(reviewPlan(scene)));
      }),
      RUNS,
    );
  });
});

describe('a plan that is over', () => {
  it('promises the same in its audit, in the promised answer and beside what was delivered', () => {
    fc.assert(
      fc.property(clouds, (cloud) => {
        const done = { ...cloud, actions: cloud.actions.map((action) => ({ ...action, state: 'SUCCEEDED' })) };
        const auditCase = caseOf(done, 'SUCCEEDED');
        const view = project(done, 'SUCCEEDED', { plan: { at: 1_000, targets: cloud.targets, use: cloud.use } });
        const promised = z.encode(auditsSchema.shape.audits.element, promiseAudit(auditCase, view));
        const rows = view.projection.hosts.filter(({ cpu_now }) => cpu_now !== null);
        expect(JSON.parse(promised.cpu_projected)).toEqual(known(rows.map(({ cpu_after }) => cpu_after)).map(clamped));

        const { made, before, after } = { made: cloud.targets, before: cloud.targets, after: cloud.targets };
        const run = runOf(auditCase.shown, done.actions, {
          cluster: done.cluster,
          windowMs: 60_000,
          happened: { byAction: happenedIn(done.actions), own: new Set() },
        });
        const delivered = compareWithPromise(
          run,
          { moments: { made: 0, before: 0, after: 0 }, made, before, after, use: cloud.use },
          {
            cluster: done.cluster,
            hostLabels: ['instance'],
            now: 1e12,
            windowMs: 60_000,
            disturbances: [],
            known: { covered: null, reason: null },
            failure: null,
          },
        );
        const promises = new Map(view.projection.hosts.map(({ host, cpu_after }) => [host, cpu_after]));
        for (const { host, promised: load } of delivered.hosts) expect(load).toBe(promises.get(host) ?? null);
      }),
      RUNS,
    );
  });
});
