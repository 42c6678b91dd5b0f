'use client';

import { useMemo, useState } from 'react';
import { type Filters, type FlowMove, NO_FILTERS } from '@/components/moves/filters';
import { FlowPanel } from '@/components/moves/flow/flow-panel';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { Scene } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';

const HEIGHT = 320;

type Props = {
  moves: ReviewedMove[];
  hosts: ProjectedHost[];
  limits: Scene['limits'];
  /** The selected hosts; moves of others are hidden. */
  onChoose: (chosen: { source: string; destination: string }) => void;
};

/** Where the VMs go in the plan or variant on screen. */
export function ReviewFlow({ moves, hosts, limits, onChoose }: Props) {
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const migrations = useMemo(() => moves.filter(({ verdict }) => verdict !== null).map(asMigration), [moves]);
  const levels = useMemo(() => {
    const by = (of: 'cpu_now' | 'cpu_after') =>
      new Map(hosts.flatMap(({ host, [of]: share }) => (share === null ? [] : [[host, share] as const])));
    return { now: by('cpu_now'), after: by('cpu_after'), ...limits.cpu };
  }, [hosts, limits]);
  if (migrations.length === 0) return null;
  return (
    <FlowPanel
      migrations={migrations}
      filters={filters}
      set={(changes) => {
        const next = { ...filters, ...changes };
        setFilters(next);
        onChoose(next);
      }}
      levels={levels}
      height={HEIGHT}
      level={2}
    />
  );
}

const asMigration = (move: ReviewedMove): FlowMove => ({
  action_id: move.action_id ?? move.vm_id,
  state: move.state,
  status_message: move.status_message,
  happened: move.happened,
  wave: move.wave,
  vm_id: move.vm_id,
  vm_name: move.vm_name,
  migration_type: move.live ? 'live' : 'cold',
  source: move.source ?? '–',
  destination: move.destination,
  flavor: move.flavor,
  vcpus: null,
  ram: move.ram_used,
  cpu_cores: move.cores,
  cpu_basis: 'unknown',
  cpu_estimate: null,
  source_points: move.source_points,
  destination_points: move.destination_points,
  impact: move.impact,
  projected: move.projected,
  problem: move.problem,
});
