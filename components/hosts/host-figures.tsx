import type { ReactNode } from 'react';
import type { Host } from '@/lib/contract/v1/hosts';
import type { Limits } from '@/lib/domain/cluster/levels';
import { formatBytes, formatCores, formatCount, formatPercent, formatPoints, formatRatio } from '@/lib/format';
import { overcommit } from './columns';
import figures from './host-figures.module.css';
import { LoadMeter } from './load-meter';
import { Changed, Unknown } from './values';

/** What the host has and gives, now and after the plan. */
export function HostFigures({ host, limits }: { host: Host; limits: Limits }) {
  const { cpu, ram, vcpu, vram, vms, after } = host;
  const reason = host.reason ?? 'Not measured.';
  return (
    <dl className={figures.grid}>
      <Cell
        term="CPU"
        figure={<Load now={cpu.used_percentage} then={after?.cpu_percentage} reason={reason} />}
        meter={<LoadMeter label="CPU" now={cpu.used_percentage} after={after?.cpu_percentage} limits={limits.cpu} />}
        caption={cpu.used === null ? reason : `${formatCores(cpu.used)} of ${formatCount(cpu.total)} cores`}
        change={changeOf(cpu.used_percentage, after?.cpu_percentage)}
      />
      <Cell
        term="RAM"
        figure={<Load now={ram.used_percentage} then={after?.ram_percentage} reason={reason} />}
        meter={<LoadMeter label="RAM" now={ram.used_percentage} after={after?.ram_percentage} limits={limits.ram} />}
        caption={ram.used === null ? reason : `${formatBytes(ram.used)} of ${formatBytes(ram.total)}`}
        change={changeOf(ram.used_percentage, after?.ram_percentage)}
      />
      <Cell
        term="vCPU allocated"
        figure={<Amount now={vcpu?.allocated} then={after?.vcpu_allocated} format={formatCount} />}
        caption={
          vcpu === null
            ? NO_PLACEMENT
            : `of ${formatCount(vcpu.capacity)} vCPU, ${formatRatio(vcpu.allocation_ratio, 1)} allowed`
        }
      />
      <Cell
        term="RAM allocated"
        figure={<Amount now={vram?.allocated} then={after?.vram_allocated} format={formatBytes} />}
        caption={
          vram === null
            ? NO_PLACEMENT
            : `of ${formatBytes(vram.capacity)}, ${formatRatio(vram.allocation_ratio, 1)} allowed`
        }
      />
      <Cell
        term="Overcommit"
        figure={overcommit(host) === null ? <Unknown reason={NO_PLACEMENT} /> : formatRatio(overcommit(host))}
        caption="vCPU for each core that is not reserved"
      />
      <Cell
        term="VMs"
        figure={
          <Amount
            now={vms}
            then={after === null ? undefined : vms - after.leaving + after.arriving}
            format={formatCount}
          />
        }
        caption={
          after === null
            ? 'No plan is applied.'
            : `${formatCount(after.leaving)} leave, ${formatCount(after.arriving)} arrive`
        }
      />
    </dl>
  );
}

const NO_PLACEMENT = 'Placement’s numbers of this host are not known.';

type CellProps = { term: string; figure: ReactNode; meter?: ReactNode; caption: string; change?: string | null };

function Cell({ term, figure, meter, caption, change }: CellProps) {
  return (
    <div className={figures.cell}>
      <dt className={figures.term}>{term}</dt>
      <dd>
        <p className={figures.figure}>{figure}</p>
        {meter}
        <p className={figures.caption}>{caption}</p>
        {change ? <p className={figures.caption}>{change} after the plan</p> : null}
      </dd>
    </div>
  );
}

function Load({ now, then, reason }: { now: number | null; then: number | null | undefined; reason: string }) {
  if (now === null) return <Unknown reason={reason} />;
  return <Changed before={formatPercent(now)} after={then == null ? null : formatPercent(then)} />;
}

type AmountProps = { now: number | undefined; then: number | null | undefined; format: (value: number) => string };

function Amount({ now, then, format }: AmountProps) {
  if (now === undefined) return <Unknown reason={NO_PLACEMENT} />;
  return <Changed before={format(now)} after={then == null ? null : format(then)} />;
}

/** "−15.9 pts"; null where nothing changes or is known. */
function changeOf(now: number | null, then: number | null | undefined): string | null {
  if (now === null || then == null || formatPercent(now) === formatPercent(then)) return null;
  return `${then > now ? '+' : ''}${formatPoints(then - now)}`;
}
