import { describe, expect, it } from 'vitest';
import type { AuditList } from '@/lib/contract/v1/audits';
import type { Host } from '@/lib/contract/v1/hosts';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import { isOpen } from '@/lib/domain/plans/states';
import { ask, servedCloud } from './served-cloud';

servedCloud({ hosts: 12, servers: 120 });

describe('an open plan', () => {
  it('does the same to every host in its audit, in the promised answer, on the hosts, in its review and compared', async () => {
    const { audits }: AuditList = (await ask('auditList')).body;
    const open = audits.filter(({ plan }) => plan && isOpen(plan.state) && (plan.migrations ?? 0) > 0);
    expect(open.length).toBeGreaterThan(2);
    const promised = (await ask('audits')).body.audits;
    for (const { id, name, effect } of open) {
      const { projection, outcome } = (await ask('audit', { params: { id } })).body;
      const { hosts } = (await ask('hosts', { query: `?audit=${id}&limit=100` })).body;
      const { result } = (await ask('planReview', { params: { id, plan: 'newest' } })).body;
      const compared = (await ask('compare', { query: `?left=${id}&right=${id}` })).body;

      const rows: ProjectedHost[] = projection.hosts;
      const after = (row: ProjectedHost | NonNullable<Host['after']>) => [
        row.cpu_after,
        row.ram_after,
        row.vcpu_after,
        row.vram_after,
        row.leaving,
        row.arriving,
      ];
      expect(result.hosts, name).toEqual(rows);
      expect(
        hosts.map((host: Host) => host.after && after(host.after)),
        name,
      ).toEqual(rows.map(after));
      const measured = rows.filter(({ cpu_now }) => cpu_now !== null);
      const own = promised.find((audit: { id: string }) => audit.id === id);
      const clamped = measured.map(({ cpu_after: cpu }) => Math.min(100, Math.max(0, cpu ?? 0)));
      expect([JSON.parse(own.host_labels), JSON.parse(own.cpu_projected)], name).toEqual([
        measured.map(({ host }) => host),
        clamped,
      ]);

      const { moves, moves_left, hosts_touched, ram_to_copy } = outcome;
      expect(result.totals, name).toMatchObject({ moves, moves_left, hosts_touched, ram_to_copy });
      expect(compared.left.result, name).toMatchObject({ totals: result.totals, after: result.after, now: result.now });
      expect(outcome.cpu.spread, name).toEqual({ now: result.now.cpu.spread, after: result.after.cpu.spread });
      if (outcome.emptied) {
        expect(result.totals.emptied.count, name).toBe(outcome.emptied.count);
        expect(effect?.hosts_emptied, name).toBe(outcome.emptied.count);
      }
    }
  });
});
