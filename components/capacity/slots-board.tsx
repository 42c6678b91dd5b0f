'use client';

import { useState } from 'react';
import type { Capacity } from '@/lib/contract/v1/capacity';
import { formatThings } from '@/lib/format';
import { ButtonLink } from '../ui/button';
import { Columns, Stack } from '../ui/page';
import { Panel, PanelBody, PanelEmpty, PanelNote, PanelTools } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { TextField } from '../ui/text-field';
import { capacityCsvAddress } from './choice';
import { hasPlaces, type PlaceChoice, PlaceTools } from './place-tools';
import styles from './slots-board.module.css';
import { SlotsTable } from './slots-table';
import { StrandedPanel } from './stranded-panel';
import { WhyNotMore } from './why-not-more';
import { describeNotOffered } from './words';

const FIRST_FLAVORS = 8;
/** More columns would not fit beside each other. */
const MOST_ZONES = 4;

const matches = (text: string) => (name: string) => name.toLowerCase().includes(text.trim().toLowerCase());

/** How many more fit, and beside it why not more of the chosen flavor. */
export function SlotsBoard({ capacity, choice }: { capacity: Capacity; choice: PlaceChoice }) {
  const { flavors, zones, size, notes, open_hosts: open } = capacity;
  const [name, choose] = useState<string | null>(null);
  const [flavorText, setFlavorText] = useState('');
  const [zoneText, setZoneText] = useState('');
  const all = size === null ? flavors : [{ ...size, name: SIZE }, ...flavors];
  const found = all.filter((flavor) => matches(flavorText)(flavor.name));
  const shown = useShown(found.length, FIRST_FLAVORS, { subject: flavorText });
  const chosen = all.find((flavor) => flavor.name === name) ?? found[0] ?? null;
  const { by } = choice.place;
  const names = by === 'zone' ? zones.map((zone) => zone.name) : aggregatesIn(capacity);
  const columns = names.filter(matches(zoneText)).slice(0, MOST_ZONES);
  return (
    <Columns wide="first">
      <Panel
        title="How many more fit"
        note="Each flavor alone; under the number, what ends it"
        controls={
          <ButtonLink href={capacityCsvAddress(choice.size, choice.place)} icon="export" download>
            Export CSV
          </ButtonLink>
        }
        long
      >
        {all.length > FIRST_FLAVORS || names.length > MOST_ZONES || hasPlaces(choice) ? (
          <PanelTools label="Search and filters">
            <PlaceTools {...choice} />
            <TextField
              label="Search flavors"
              placeholder="Flavor"
              value={flavorText}
              onChange={setFlavorText}
              hint="/"
            />
            {names.length > MOST_ZONES ? (
              <TextField
                label={`Search ${by}s`}
                placeholder={`One of ${names.length} ${by}s`}
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
            columns={columns}
            by={by}
            // Hosts may be in several aggregates or in none.
            sum={by === 'zone' && names.length === 1 ? null : isPart(choice.place) ? 'All' : 'Region'}
            chosen={chosen}
            choose={choose}
          />
        )}
        <ShowMore shown={shown} />
        <PanelNote>
          Counted host by host, with ratios, reserves, traits and aggregates. Flavors share the same room: the numbers
          don’t add up.
          {by === 'aggregate'
            ? ' A host may be in several aggregates or in none; the last number is of all hosts.'
            : ''}
          {capacity.flavors_reason === null ? '' : ` Only flavors of VMs are listed: ${capacity.flavors_reason}`}
          {capacity.not_offered.length === 0 ? '' : ` ${describeNotOffered(capacity.not_offered)}`}
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

const isPart = ({ zone, aggregate }: PlaceChoice['place']): boolean => zone !== undefined || aggregate !== undefined;

/** Those of the first flavor: all have the same. */
const aggregatesIn = ({ flavors, size }: Capacity): string[] =>
  (flavors[0] ?? size)?.aggregates.map(({ aggregate }) => aggregate) ?? [];
