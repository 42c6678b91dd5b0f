'use client';

import { useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import {
  type Choice,
  type Filters,
  isFiltered,
  listChoices,
  type Row,
  UNKNOWN_IMPACT,
} from '@/components/moves/filters';
import { placeLabel } from '@/components/moves/flow/layout';
import type { Migration } from '@/lib/contract/v1/audits';
import { formatCount, formatThings } from '@/lib/format';
import { Button } from '../../ui/button';
import { type Level, Panel, PanelEmpty, PanelFoot, PanelNote, PanelTools } from '../../ui/panel';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { MigrationTable } from './migration-table';

/** A click shows so many more. */
const STEP = 50;

type Props = {
  audit: { id: string; name: string };
  /** All of the plan. */
  migrations: Migration[];
  /** Those that pass the filters, in the wanted order. */
  rows: Row[];
  filters: Filters;
  set: (changes: Partial<Filters>) => void;
  clear: () => void;
  /** How many are shown at first. */
  first: number;
  level: Level;
};

/** Each move of the plan, in the order in which it runs or as it is sorted. */
export function MigrationsPanel({ audit, migrations, rows, filters, set, clear, first, level }: Props) {
  const choices = useMemo(() => listChoices(migrations), [migrations]);
  const printing = usePrinting();
  // Another audit or another filter starts at the top again; new data of the same audit does not.
  const { text, source, destination, impact } = filters;
  const subject = JSON.stringify([audit.id, text, source, destination, impact]);
  const [asked, setAsked] = useState<{ subject: string; rows: number } | null>(null);
  const shown = asked?.subject === subject ? asked.rows : first;
  const setShown = (rows: number) => setAsked({ subject, rows });
  const count = printing ? rows.length : Math.min(rows.length, shown);
  const left = rows.length - count;
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
          <PanelTools
            label="Filters"
            aside={
              filters.sort === 'order' && !filters.descending ? (
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
              placeholder="Instance, host or flavor"
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
            {filtered ? (
              <Button look="ghost" icon="close" onClick={clear}>
                Clear filters
              </Button>
            ) : null}
          </PanelTools>
          {rows.length === 0 ? (
            <PanelEmpty>
              <p>No migration matches these filters.</p>
              <Button onClick={clear}>Clear filters</Button>
            </PanelEmpty>
          ) : (
            <MigrationTable
              caption={`Migrations of ${audit.name}`}
              all={migrations}
              rows={rows}
              shown={count}
              filters={filters}
              set={set}
              whole={printing}
            />
          )}
          {left > 0 || count > first ? (
            <PanelFoot
              controls={
                left > 0 ? (
                  <>
                    {left > STEP ? (
                      <Button onClick={() => setShown(count + STEP)}>Show {formatCount(STEP)} more</Button>
                    ) : null}
                    <Button onClick={() => setShown(rows.length)}>Show all {formatCount(rows.length)}</Button>
                  </>
                ) : (
                  <Button onClick={() => setShown(first)}>Show fewer</Button>
                )
              }
            >
              {`1–${formatCount(count)} of ${formatCount(rows.length)}`}
            </PanelFoot>
          ) : null}
        </>
      )}
    </Panel>
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
  // What the address asks for is an option even where this plan has none of it.
  const known = value === '' || choices.some((choice) => choice.value === value);
  const options = [
    { value: '', label: any },
    ...(known ? [] : [{ value, label: `${wordOf(value)} (0)` }]),
    ...choices.map((choice) => ({
      value: choice.value,
      label: `${wordOf(choice.value)} (${formatCount(choice.count)})`,
    })),
  ];
  return <Select label={label} value={value} options={options} onChange={onChange} />;
}

const wordOf = (value: string): string => (value === UNKNOWN_IMPACT ? 'Not known' : placeLabel(value));

/** Paper has no button to show more. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}
