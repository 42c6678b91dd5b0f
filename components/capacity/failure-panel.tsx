'use client';

import { type ReactNode, useState } from 'react';
import type { GroupLoss, HostFailures, HostLoss, ZoneLoss } from '@/lib/contract/v1/host-failures';
import { formatNames, formatThings } from '@/lib/format';
import { ButtonLink } from '../ui/button';
import { Icon } from '../ui/icon';
import { Panel, PanelEmpty, PanelFoot, PanelNote, PanelTools } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { ShowMore, useShown } from '../ui/show-more';
import { TextField } from '../ui/text-field';
import { type CapacityPlace, isUsual, type Size } from './choice';
import { FailingSelect } from './failing-select';
import styles from './failure-panel.module.css';
import {
  groupByText,
  groupsIn,
  hostsInWords,
  leavesInWords,
  lossInWords,
  numberInWords,
  survivesInWords,
} from './words';

type Case = 'one' | 'several' | GroupLoss['kind'];

const FIRST = 6;

type Props = { failures: HostFailures; size: Size; place: CapacityPlace };

/** Whether hosts may fail: a sentence for each zone, or for each rack. */
export function FailurePanel({ failures, size, place }: Props) {
  const { zones, k, reference, reason, notes } = failures;
  const [chosen, choose] = useState<Case>(isUsual(place) ? 'one' : 'several');
  const [text, setText] = useState('');
  const groups = groupsIn(failures, place);
  const cases: { value: Case; label: string }[] = [
    { value: 'one', label: '1 host' },
    { value: 'several', label: `${k} hosts` },
    { value: 'rack', label: '1 rack' },
    { value: 'aggregate', label: '1 aggregate' },
  ];
  const options = cases.filter(
    ({ value }) => value === 'one' || value === 'several' || groups.some(({ kind }) => kind === value),
  );
  const own = groups.filter(({ kind }) => kind === chosen);
  const rows: ReactNode[] =
    chosen === 'one'
      ? zones.map((zone) => <OneHost key={zone.zone} zone={zone} reference={reference} />)
      : chosen === 'several'
        ? zones.map((zone) => <Several key={zone.zone} zone={zone} reference={reference} />)
        : own
            .filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
            .map(({ name, loss }) => <Together key={name} title={name} loss={loss} reference={reference} />);
  const shown = useShown(rows.length, FIRST, { subject: `${chosen} ${text}` });
  return (
    <Panel
      title="Can a host fail?"
      note="Each host’s VMs placed on the others"
      controls={
        options.length === 0 || reason !== null ? null : (
          <Segmented label="How many hosts" value={chosen} options={options} onChange={choose} />
        )
      }
    >
      {reason !== null || chosen === 'one' ? null : chosen === 'several' ? (
        <PanelTools label="Hosts that fail">
          <FailingSelect size={size} place={place} />
        </PanelTools>
      ) : own.length > FIRST ? (
        <PanelTools label="Hosts that fail">
          <TextField
            label={`Search ${chosen}s`}
            placeholder={`One of ${own.length} ${chosen}s`}
            value={text}
            onChange={setText}
          />
        </PanelTools>
      ) : null}
      {reason === null ? (
        <ul className={styles.rows}>{rows.slice(shown.from, shown.from + shown.count)}</ul>
      ) : (
        <PanelEmpty>{reason}</PanelEmpty>
      )}
      <ShowMore shown={shown} />
      <PanelNote>{notes.join(' ')}</PanelNote>
      {reason === null ? (
        <PanelFoot
          controls={
            <ButtonLink href="/host-failures.csv" icon="export" download>
              Export CSV
            </ButtonLink>
          }
        >
          Every host alone
        </PanelFoot>
      ) : null}
    </Panel>
  );
}

type OfZone = { zone: ZoneLoss; reference: string | null };

function OneHost({ zone, reference }: OfZone) {
  const { hosts, hosts_with_unplaced: bad, tightest, worst } = zone;
  const [first] = worst;
  if (first === undefined)
    return (
      <Row icon="ok" title={`${zone.zone}: yes, any one of ${hosts}.`}>
        {tightest === null ? null : (
          <p>
            Tightest: <span className={styles.name}>{tightest.hosts[0]}</span>, whose {formatThings(tightest.vms, 'VM')}{' '}
            found a place{leavesInWords(tightest, reference)}.
          </p>
        )}
      </Row>
    );
  const others = worst.slice(1).flatMap((loss) => loss.hosts);
  return (
    <Row icon="error" title={`${zone.zone}: no. ${lossInWords(first)}:`}>
      <Vms loss={first} />
      {bad > 1 ? (
        <p>
          {formatThings(bad - 1, 'other host')} would leave VMs without a place too: {formatNames(others)}.
        </p>
      ) : null}
    </Row>
  );
}

function Several({ zone: { zone, together, survives, hosts }, reference }: OfZone) {
  if (together === null)
    return (
      <Row
        icon="info"
        title={`${zone}: not tried. It has ${formatThings(hosts, 'host')}; at most half of them are let fail.`}
      />
    );
  return (
    <Together title={zone} loss={together} reference={reference} isSearched>
      <p>{survivesInWords(survives)}</p>
    </Together>
  );
}

type TogetherProps = {
  title: string;
  loss: HostLoss;
  reference: string | null;
  isSearched?: boolean;
  children?: ReactNode;
};

function Together({ title, loss, reference, isSearched = false, children }: TogetherProps) {
  const count = loss.hosts.length;
  const isMany = isSearched && count > 2;
  const which = isMany
    ? `not even the worst ${numberInWords(count)} found`
    : isSearched
      ? `not even ${hostsInWords(loss.hosts)}, the worst two found`
      : `all ${count} hosts`;
  const names = isMany ? <p className={styles.name}>{formatNames(loss.hosts, count)}</p> : null;
  return loss.unplaced === 0 ? (
    <Row icon="ok" title={`${title}: yes, ${which}.`}>
      {names}
      <p>
        {formatThings(loss.vms, 'VM')} found a place{leavesInWords(loss, reference)}.
      </p>
      {children}
    </Row>
  ) : (
    <Row icon="error" title={`${title}: no. ${lossInWords(loss)}:`}>
      {names}
      <Vms loss={loss} />
      {children}
    </Row>
  );
}

type RowProps = { icon: 'ok' | 'error' | 'info'; title: string; children?: ReactNode };

function Row({ icon, title, children }: RowProps) {
  return (
    <li className={styles.row}>
      <Icon name={icon} size={16} tone={icon === 'info' ? 'quiet' : icon} />
      <div className={styles.said}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
    </li>
  );
}

/** Names and why; the first reason that several share is said once. */
function Vms({ loss }: { loss: HostLoss }) {
  const groups = groupByText(loss.unplaced_vms);
  return (
    <>
      {groups.slice(0, MOST_REASONS).map(({ text, names }) => (
        <p key={text}>
          <span className={styles.name}>{formatNames(names, MOST_NAMES)}</span>: {text}
        </p>
      ))}
    </>
  );
}

const MOST_REASONS = 3;
const MOST_NAMES = 4;
