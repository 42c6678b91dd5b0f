'use client';

import { useMemo } from 'react';
import {
  type Choice,
  type Filters,
  isFiltered,
  isPlanOrder,
  listChoices,
  placeLabel,
  type Row,
  UNKNOWN_IMPACT,
} from '@/components/moves/filters';
import type { Migration } from '@/lib/contract/v1/audits';
import { formatCount, formatThings } from '@/lib/format';
import { Button } from '../../ui/button';
import { type Level, Panel, PanelEmpty, PanelNote, PanelTools } from '../../ui/panel';
import { Select } from '../../ui/select';
import { ShowMore, useShown } from '../../ui/show-more';
import { TextField } from '../../ui/text-field';
import { usePrinting } from '../../ui/use-printing';
import { MigrationTable } from './migration-table';

type Props = {
  audit: { id: string; name: string };
  /** All migrations of the plan. */
  migrations: Migration[];
  /** Those that match the filters, sorted. */
  rows: Row[];
  filters: Filters;
  set: (changes: Partial<Filters>) => void;
  clear: () => void;
  /** How many are shown at first. */
  first: number;
  level: Level;
};

/** The migrations of the plan, in plan order or sorted. */
export function MigrationsPanel({ audit, migrations, rows, filters, set, clear, first, level }: Props) {
  const printing = usePrinting();
  // Another audit or filter starts at the first rows again; fresh data does not.
  const { text, source, destination, impact } = filters;
  const shown = useShown(rows.length, first, {
    subject: JSON.stringify([audit.id, text, source, destination, impact]),
  });
  const filtered = isFiltered(filters);
  const all = formatThings(migrations.length, 'migration');
  return (
    <Panel
      title="Migrations"
      level={level}
      long
      note={
        <span role="status">
          {filtered ? `${formatCount(rows.length)} of ${all}` : migrations.length === 0 ? 'none' : all}
        </span>
      }
    >
      {migrations.length === 0 ? (
        <PanelNote>No migrations: the plan moves no VM.</PanelNote>
      ) : (
        <>
          <FilterTools migrations={migrations} filters={filters} set={set} clear={clear} />
          {rows.length === 0 ? (
            <PanelEmpty>
              <p>No migration matches these filters.</p>
              <Button onClick={clear}>Clear filters</Button>
            </PanelEmpty>
          ) : (
            <MigrationTable
              label={`Migrations of ${audit.name}`}
              all={migrations}
              rows={printing ? rows : rows.slice(0, shown.count)}
              filters={filters}
              set={set}
              whole={printing}
            />
          )}
          {printing ? null : <ShowMore shown={shown} />}
        </>
      )}
    </Panel>
  );
}

function FilterTools({ migrations, filters, set, clear }: Pick<Props, 'migrations' | 'filters' | 'set' | 'clear'>) {
  const choices = useMemo(() => listChoices(migrations), [migrations]);
  return (
    <PanelTools
      label="Filters"
      aside={
        isPlanOrder(filters) ? (
          'In plan order'
        ) : (
          <Button look="ghost" onClick={() => set({ sort: 'order', descending: false })}>
            Back to plan order
          </Button>
        )
      }
    >
      <TextField
        label="Filter migrations"
        value={filters.text}
        onChange={(text) => set({ text })}
        placeholder="VM, host or flavor"
        hint="/"
      />
      <Chooser
        label="Source"
        any="Any source"
        value={filters.source}
        choices={choices.sources}
        onChange={(source) => set({ source })}
      />
      <Chooser
        label="Destination"
        any="Any destination"
        value={filters.destination}
        choices={choices.destinations}
        onChange={(destination) => set({ destination })}
      />
      <Chooser
        label="Impact"
        any="Any impact"
        value={filters.impact}
        choices={choices.impacts}
        onChange={(impact) => set({ impact })}
      />
      {isFiltered(filters) ? (
        <Button look="ghost" icon="close" onClick={clear}>
          Clear filters
        </Button>
      ) : null}
    </PanelTools>
  );
}

type ChooserProps = {
  label: string;
  any: string;
  value: string;
  choices: Choice[];
  onChange: (value: string) => void;
};

function Chooser({ label, any, value, choices, onChange }: ChooserProps) {
  // A value from the address is listed even if no row has it.
  const known = value === '' || choices.some((choice) => choice.value === value);
  const offered = known ? choices : [{ value, count: 0 }, ...choices];
  const options = offered.map((choice) => ({
    value: choice.value,
    label: `${wordOf(choice.value)} (${formatCount(choice.count)})`,
  }));
  return <Select label={label} value={value} options={[{ value: '', label: any }, ...options]} onChange={onChange} />;
}

const wordOf = (value: string): string => (value === UNKNOWN_IMPACT ? 'Unknown' : placeLabel(value));
