'use client';

import type { PlanReview } from '@/lib/contract/v1/review';
import type { Scene, SceneStep } from '@/lib/contract/v1/scene';
import type { Variant } from '@/lib/domain/review/variant';
import { isOpenStep } from '@/lib/domain/review/variant-steps';
import { formatCount, formatThings } from '@/lib/format';
import { Panel } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { Name, Quiet } from '../ui/values';
import { SkipButton } from './skip-button';

const FIRST_ROWS = 25;

const COLUMNS: Column[] = [
  { id: 'run', title: 'Run' },
  { id: 'wave', title: 'Wave', kind: 'number' },
  { id: 'action', title: 'Action' },
  { id: 'target', title: 'On' },
  { id: 'detail', title: 'Details', kind: 'prose' },
  { id: 'state', title: 'State', kind: 'prose' },
];

type Action = PlanReview['waves'][number][number];
/** An action and its number among those that are no moves. */
type Row = { number: number; step: SceneStep; action: Action | undefined };

type Props = {
  scene: Scene;
  waves: PlanReview['waves'];
  variant: Variant;
  onChange: (next: Variant) => void;
  onSkip?: (action: string, what: string) => void;
};

/** What the plan does besides moving VMs, each with its own tick. */
export function OtherActions({ scene, waves, variant, onChange, onSkip }: Props) {
  const rows = listRows(scene, waves);
  const shown = useShown(rows.length, FIRST_ROWS);
  if (rows.length === 0) return null;
  return (
    <Panel
      title="Other actions"
      note={`${formatThings(rows.length, 'action')} besides the moves. Untick what must not run.`}
      long
    >
      <ScrollTable label="Actions besides the moves" columns={COLUMNS}>
        {rows.slice(0, shown.count).map((row) => (
          <ActionRow key={row.step.action_id} row={row} variant={variant} onChange={onChange} onSkip={onSkip} />
        ))}
      </ScrollTable>
      <ShowMore shown={shown} />
    </Panel>
  );
}

function listRows({ steps }: Scene, waves: PlanReview['waves']): Row[] {
  const byId = new Map(waves.flat().map((action) => [action.id, action]));
  return steps
    .filter(({ kind }) => kind !== 'migrate')
    .map((step, at) => ({ number: at + 1, step, action: byId.get(step.action_id) }));
}

type RowProps = { row: Row } & Pick<Props, 'variant' | 'onChange' | 'onSkip'>;

function ActionRow({ row: { number, step, action }, variant, onChange, onSkip }: RowProps) {
  const runs = !variant.skip.has(number);
  const label = action?.label ?? 'action';
  const target = action?.target ?? null;
  const toggle = () => {
    const skip = new Set(variant.skip);
    if (runs) skip.add(number);
    else skip.delete(number);
    onChange({ ...variant, skip });
  };
  return (
    <tr>
      <td>
        {isOpenStep(step) ? (
          <input
            type="checkbox"
            aria-label={`Run: ${label} ${target ?? formatCount(number)}`}
            checked={runs}
            onChange={toggle}
          />
        ) : null}{' '}
        <Quiet>{formatCount(number)}</Quiet>
      </td>
      <td data-kind="number">{formatCount(step.wave)}</td>
      <td>
        <Tag tone="warn">{label}</Tag>
      </td>
      <td>{target === null ? null : <Name>{target}</Name>}</td>
      <td data-kind="prose">{action?.detail}</td>
      <td data-kind="prose">
        {runs || !isOpenStep(step) ? (action?.meaning ?? step.state) : <Tag>Left out</Tag>}{' '}
        {onSkip && !runs && isOpenStep(step) ? (
          <SkipButton action={step.action_id} what={`${label} ${target ?? ''}`.trim()} onSkip={onSkip} />
        ) : null}
      </td>
    </tr>
  );
}
