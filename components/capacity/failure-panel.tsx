'use client';

import { type ReactNode, useState } from 'react';
import type { HostFailures, HostLoss, ZoneLoss } from '@/lib/contract/v1/host-failures';
import { formatNames, formatThings } from '@/lib/format';
import { Icon } from '../ui/icon';
import { Panel, PanelEmpty, PanelNote } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { ShowMore, useShown } from '../ui/show-more';
import styles from './failure-panel.module.css';
import { groupByText, hostsInWords, leavesInWords, lossInWords } from './words';

type Case = 'one' | 'two' | 'rack' | 'aggregate';

const CASES: { value: Case; label: string }[] = [
  { value: 'one', label: '1 host' },
  { value: 'two', label: '2 hosts' },
  { value: 'rack', label: '1 rack' },
  { value: 'aggregate', label: '1 aggregate' },
];

const FIRST = 6;

/** Whether hosts may fail: a sentence for each zone, or for each rack. */
export function FailurePanel({ failures }: { failures: HostFailures }) {
  const [chosen, choose] = useState<Case>('one');
  const { zones, groups, reference, reason, notes } = failures;
  const options = CASES.filter(
    ({ value }) => value === 'one' || value === 'two' || groups.some(({ kind }) => kind === value),
  );
  const rows: ReactNode[] =
    chosen === 'one'
      ? zones.map((zone) => <OneHost key={zone.zone} zone={zone} reference={reference} />)
      : chosen === 'two'
        ? zones.map((zone) => <TwoHosts key={zone.zone} zone={zone} reference={reference} />)
        : groups
            .filter(({ kind }) => kind === chosen)
            .map(({ name, loss }) => <Together key={name} title={name} loss={loss} reference={reference} />);
  const shown = useShown(rows.length, FIRST, { subject: chosen });
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
      {reason === null ? (
        <ul className={styles.rows}>{rows.slice(shown.from, shown.from + shown.count)}</ul>
      ) : (
        <PanelEmpty>{reason}</PanelEmpty>
      )}
      <ShowMore shown={shown} />
      <PanelNote>{notes.join(' ')}</PanelNote>
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

function TwoHosts({ zone: { zone, pair }, reference }: OfZone) {
  if (pair === null) return <Row icon="info" title={`${zone}: has no two hosts.`} />;
  return <Together title={zone} loss={pair} reference={reference} isSearched />;
}

type TogetherProps = { title: string; loss: HostLoss; reference: string | null; isSearched?: boolean };

function Together({ title, loss, reference, isSearched = false }: TogetherProps) {
  const which = isSearched
    ? `not even ${hostsInWords(loss.hosts)}, the worst two found`
    : `all ${loss.hosts.length} hosts`;
  return loss.unplaced === 0 ? (
    <Row icon="ok" title={`${title}: yes, ${which}.`}>
      <p>
        {formatThings(loss.vms, 'VM')} found a place{leavesInWords(loss, reference)}.
      </p>
    </Row>
  ) : (
    <Row icon="error" title={`${title}: no. ${lossInWords(loss)}:`}>
      <Vms loss={loss} />
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
