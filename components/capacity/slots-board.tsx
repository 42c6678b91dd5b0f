'use client';

import { useState } from 'react';
import type { Capacity } from '@/lib/contract/v1/capacity';
import { formatThings } from '@/lib/format';
import { ButtonLink } from '../ui/button';
import { Columns, Stack } from '../ui/page';
import { Panel, PanelBody, PanelEmpty, PanelNote, PanelTools } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { TextField } from '../ui/text-field';
import styles from './slots-board.module.css';
import { SlotsTable } from './slots-table';
import { StrandedPanel } from './stranded-panel';
import { WhyNotMore } from './why-not-more';

const FIRST_FLAVORS = 8;
/** More columns would not fit beside each other. */
const MOST_ZONES = 4;

const matches = (text: string) => (name: string) => name.toLowerCase().includes(text.trim().toLowerCase());

/** How many more fit, and beside it why not more of the chosen flavor. @param csv address of the table as a file */
export function SlotsBoard({ capacity, csv }: { capacity: Capacity; csv: string }) {
  const { flavors, zones, size, notes, open_hosts: open } = capacity;
  const [name, choose] = useState<string | null>(null);
  const [flavorText, setFlavorText] = useState('');
  const [zoneText, setZoneText] = useState('');
  const all = size === null ? flavors : [{ ...size, name: SIZE }, ...flavors];
  const found = all.filter((flavor) => matches(flavorText)(flavor.name));
  const shown = useShown(found.length, FIRST_FLAVORS, { subject: flavorText });
  const chosen = all.find((flavor) => flavor.name === name) ?? found[0] ?? null;
  const names = zones.map((zone) => zone.name);
  const columns = names.filter(matches(zoneText)).slice(0, MOST_ZONES);
  return (
    <Columns wide="first">
      <Panel
        title="How many more fit"
        note="Each flavor alone; under the number, what ends it"
        controls={
          <ButtonLink href={csv} icon="export" download>
            Export CSV
          </ButtonLink>
        }
        long
      >
        {all.length > FIRST_FLAVORS || names.length > MOST_ZONES ? (
          <PanelTools label="Search">
            <TextField
              label="Search flavors"
              placeholder="Flavor"
              value={flavorText}
              onChange={setFlavorText}
              hint="/"
            />
            {names.length > MOST_ZONES ? (
              <TextField
                label="Search zones"
                placeholder={`One of ${names.length} zones`}
                value={zoneText}
                onChange={setZoneText}
              />
            ) : null}
          </PanelTools>
        ) : null}
        {found.length === 0 ? (
          <PanelEmpty>
            {all.length === 0 ? 'Nova offers no flavor, and no VM has one.' : 'No flavor matches.'}
          </PanelEmpty>
        ) : (
          <SlotsTable
            flavors={found.slice(shown.from, shown.from + shown.count)}
            zones={columns}
            hasSum={names.length !== 1}
            chosen={chosen}
            choose={choose}
          />
        )}
        <ShowMore shown={shown} />
        <PanelNote>
          Counted host by host, with ratios, reserves, traits and aggregates. Flavors share the same room: the numbers
          don’t add up.
          {capacity.flavors_reason === null ? '' : ` Only flavors of VMs are listed: ${capacity.flavors_reason}`}
          {notes.map((note) => ` ${note}`)}
        </PanelNote>
      </Panel>
      <Stack>
        {chosen === null ? null : (
          <div className={styles.beside}>
            <Panel title={`Why not more ${chosen.name}`} note={formatThings(open, 'open host')}>
              <PanelBody>
                <WhyNotMore flavor={chosen} />
              </PanelBody>
            </Panel>
          </div>
        )}
        <StrandedPanel stranded={capacity.stranded} />
      </Stack>
    </Columns>
  );
}

const SIZE = 'your size';
