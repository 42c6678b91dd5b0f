import type { ReactNode } from 'react';
import { Gauge } from '@/components/figures/gauge';
import { overcommitOf } from '@/lib/contract/choices';
import type { Host } from '@/lib/contract/v1/hosts';
import { type Limits, type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatBytes, formatCores, formatCount, formatPercent, formatPoints, formatRatio } from '@/lib/format';
import { Tile, TileFigure, TileNote, Tiles } from '../ui/tiles';
import { Unknown } from '../ui/values';
import { NO_PLACEMENT, NO_PLAN, NOT_MEASURED } from './words';

/** Use and allocation of the host, now and after the plan. */
export function HostFigures({ host, limits }: { host: Host; limits: Limits }) {
  const { cpu, ram, vcpu, vram, vms, after } = host;
  const reason = host.reason ?? NOT_MEASURED;
  const overcommit = overcommitOf(host);
  return (
    <Tiles columns={6} label="Figures">
      <Load title="CPU" now={cpu.used_percentage} then={after?.cpu_after} limits={limits.cpu} reason={reason}>
        {cpu.used === null ? reason : `${formatCores(cpu.used)} of ${formatCount(cpu.total)} cores`}
      </Load>
      <Load title="RAM" now={ram.used_percentage} then={after?.ram_after} limits={limits.ram} reason={reason}>
        {ram.used === null ? reason : `${formatBytes(ram.used)} of ${formatBytes(ram.total)}`}
      </Load>
      <Tile title="vCPU allocated">
        <Amount now={vcpu?.allocated} then={after?.vcpu_after} format={formatCount} />
        <TileNote>
          {vcpu === null
            ? NO_PLACEMENT
            : `of ${formatCount(vcpu.capacity)} vCPU, ${formatRatio(vcpu.allocation_ratio, 1)} allowed`}
        </TileNote>
      </Tile>
      <Tile title="RAM allocated">
        <Amount now={vram?.allocated} then={after?.vram_after} format={formatBytes} />
        <TileNote>
          {vram === null
            ? NO_PLACEMENT
            : `of ${formatBytes(vram.capacity)}, ${formatRatio(vram.allocation_ratio, 1)} allowed`}
        </TileNote>
      </Tile>
      <Tile title="Overcommit">
        <Amount now={overcommit ?? undefined} then={null} format={formatRatio} />
        <TileNote>vCPU per core that is not reserved</TileNote>
      </Tile>
      <Tile title="VMs">
        <Amount
          now={vms ?? undefined}
          then={after === null || vms === null ? null : vms - after.leaving + after.arriving}
          format={formatCount}
        />
        <TileNote>
          {after === null ? NO_PLAN : `${formatCount(after.leaving)} leave, ${formatCount(after.arriving)} arrive`}
        </TileNote>
      </Tile>
    </Tiles>
  );
}

type LoadProps = {
  title: string;
  /** Percent; null if not measured. */
  now: number | null;
  then: number | null | undefined;
  limits: LoadLimits;
  reason: string;
  children: ReactNode;
};

function Load({ title, now, then, limits, reason, children }: LoadProps) {
  if (now === null) {
    return (
      <Tile title={title}>
        <TileFigure from={null} to={<Unknown reason={reason} />} changes={false} />
        <TileNote>{children}</TileNote>
      </Tile>
    );
  }
  const after = then ?? null;
  const change = after === null || formatPercent(now) === formatPercent(after) ? null : after - now;
  return (
    <Tile title={title}>
      <Amount now={now} then={after} format={formatPercent} />
      <Gauge
        label={title}
        value={now}
        max={100}
        text={`${formatPercent(now)}${after === null ? '' : `, ${formatPercent(after)} after the plan`}; warm from ${formatPercent(limits.warm, 0)}, hot from ${formatPercent(limits.hot, 0)}`}
        level={levelOf(now, limits)}
        ticks={[limits.warm, limits.hot]}
        after={after ?? undefined}
      />
      <TileNote>{children}</TileNote>
      {change === null ? null : <TileNote>{`${change > 0 ? '+' : ''}${formatPoints(change)} after the plan`}</TileNote>}
    </Tile>
  );
}

type AmountProps = {
  /** undefined if Placement reports nothing. */
  now: number | undefined;
  then: number | null | undefined;
  format: (value: number) => string;
};

function Amount({ now, then, format }: AmountProps) {
  if (now === undefined) return <TileFigure from={null} to={<Unknown reason={NO_PLACEMENT} />} changes={false} />;
  const [from, to] = [format(now), then == null ? null : format(then)];
  return to === null || to === from ? (
    <TileFigure from={null} to={from} changes={false} />
  ) : (
    <TileFigure from={from} to={to} changes />
  );
}
