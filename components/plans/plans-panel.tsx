'use client';

import { useTransition } from 'react';
import type { PlanPart } from '@/lib/contract/choices';
import type { PlanList } from '@/lib/contract/v1/plan-list';
import { formatCount } from '@/lib/format';
import { Runs } from '../figures/runs';
import { Button, ButtonLink } from '../ui/button';
import { Pages } from '../ui/pages';
import { Panel, PanelEmpty, PanelTools } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { usePages } from '../ui/use-pages';
import { useTypedText } from '../ui/use-typed-text';
import { DEFAULTS, PAGE_SIZE, type PlansChoice, plansCsvAddress, plansListAddress } from './choice';
import { DoneTable } from './done-table';
import { UnchangedTable } from './unchanged-table';
import { WaitingTable } from './waiting-table';

type Props = { list: PlanList; choice: PlansChoice; now: number };

const TITLES: Record<PlanPart, { title: string; note: string }> = {
  waiting: { title: 'Waiting for a decision', note: 'Ranked by what is left of the promise with the loads of now' },
  running: { title: 'Running', note: 'and what was started and waits for an applier' },
  done: { title: 'Done', note: 'Newest first; promised and delivered are the spread of CPU' },
  unchanged: { title: 'No changes', note: 'Empty, expired, or cancelled before they ran' },
};

/** One part of the plans. Search, filters and page are in the address, so a link shows the same view. */
export function PlansPanel({ list, choice, now }: Props) {
  const { plans, counts, goals, strategies } = list;
  const pages = usePages();
  const [pending, startTransition] = useTransition();
  const go = (changes: Partial<PlansChoice>, how: 'push' | 'replace') =>
    startTransition(() => pages[how](plansListAddress({ ...choice, page: 1, ...changes }), { scroll: false }));
  const [text, type] = useTypedText({ value: choice.q, onRest: (q) => go({ q }, 'replace') });
  const parts: { value: PlanPart; label: string; count: string }[] = [
    { value: 'waiting', label: 'Waiting', count: formatCount(counts.waiting) },
    { value: 'running', label: 'Running', count: formatCount(counts.running) },
    { value: 'done', label: 'Done', count: formatCount(counts.done) },
    { value: 'unchanged', label: 'No changes', count: formatCount(counts.unchanged) },
  ];
  const isFiltered = choice.q !== '' || choice.goal !== undefined || choice.strategy !== undefined;
  return (
    <Panel {...TITLES[choice.show]} long busy={pending}>
      <PanelTools
        label="Search and filters"
        aside={
          <ButtonLink href={plansCsvAddress(choice)} icon="export" download>
            Export CSV
          </ButtonLink>
        }
      >
        <TextField label="Search plans" placeholder="Name, host or VM" value={text} onChange={type} hint="/" />
        <Segmented label="Which plans" value={choice.show} options={parts} onChange={(show) => go({ show }, 'push')} />
        <Choice
          label="Goal"
          none="Every goal"
          value={choice.goal}
          values={goals}
          onChange={(goal) => go({ goal }, 'push')}
        />
        <Choice
          label="Strategy"
          none="Every strategy"
          value={choice.strategy}
          values={strategies}
          onChange={(strategy) => go({ strategy }, 'push')}
        />
      </PanelTools>
      {plans.length === 0 ? (
        <PanelEmpty>
          <p>{isFiltered ? 'No plan matches.' : NOTHING[choice.show]}</p>
          {isFiltered ? (
            <Button onClick={() => go({ ...DEFAULTS, show: choice.show }, 'push')}>Clear search and filters</Button>
          ) : null}
        </PanelEmpty>
      ) : (
        <Rows list={list} part={choice.show} now={now} />
      )}
      <Pages
        total={list.total}
        offset={list.offset}
        count={plans.length}
        size={PAGE_SIZE}
        noun="plan"
        onPage={(page) => go({ page }, 'push')}
      />
    </Panel>
  );
}

const NOTHING: Record<PlanPart, string> = {
  waiting: 'No plan waits for a decision.',
  running: 'No plan runs.',
  done: 'No plan has run yet.',
  unchanged: 'Every plan that is over changed something.',
};

function Rows({ list: { plans }, part, now }: { list: PlanList; part: PlanPart; now: number }) {
  switch (part) {
    case 'waiting':
      return <WaitingTable plans={plans} now={now} />;
    case 'running':
      return <Runs plans={plans} now={now} />;
    case 'done':
      return <DoneTable plans={plans} now={now} />;
    case 'unchanged':
      return <UnchangedTable plans={plans} now={now} />;
  }
}

type ChoiceProps = {
  label: string;
  /** What no choice is called. */
  none: string;
  value: string | undefined;
  values: string[];
  onChange: (value: string | undefined) => void;
};

function Choice({ label, none, value = '', values, onChange }: ChoiceProps) {
  const all = value === '' || values.includes(value) ? values : [...values, value];
  return (
    <Select
      label={label}
      value={value}
      options={[{ value: '', label: none }, ...all.map((name) => ({ value: name, label: name }))]}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
    />
  );
}
