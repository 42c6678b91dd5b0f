'use client';

import { useTransition } from 'react';
import type { HostFilter } from '@/lib/contract/choices';
import type { Hosts } from '@/lib/contract/v1/hosts';
import type { Limits } from '@/lib/domain/cluster/levels';
import { formatCount, formatNames } from '@/lib/format';
import { PlaceSelect } from '../figures/place-select';
import { Button, ButtonLink } from '../ui/button';
import { Pages } from '../ui/pages';
import { Panel, PanelEmpty, PanelNote, PanelTools } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { TextField } from '../ui/text-field';
import { usePages } from '../ui/use-pages';
import { useTypedText } from '../ui/use-typed-text';
import { DEFAULTS, type HostsChoice, hostsAddress, hostsCsvAddress, PAGE_SIZE, sortedBy } from './choice';
import { HostsTable } from './hosts-table';
import { OutTable } from './out-table';
import { type PlanOption, PlanSelect } from './plan-select';
import { NO_PLAN } from './words';

type Props = { data: Hosts; choice: HostsChoice; plans: PlanOption[]; limits: Limits; now: number };

/** All hosts. Search, filter, order and page are in the address, so a link shows the same view. */
export function HostsPanel({ data, choice, plans, limits, now }: Props) {
  const { hosts, counts, total, plan } = data;
  const pages = usePages();
  const [pending, startTransition] = useTransition();
  const go = (next: HostsChoice, how: 'push' | 'replace') =>
    startTransition(() => pages[how](hostsAddress(next), { scroll: false }));
  const [text, type] = useTypedText({
    value: choice.q,
    onRest: (q) => go({ ...choice, q, page: 1 }, 'replace'),
  });
  const filters: { value: HostFilter; label: string; count: string; disabled?: string }[] = [
    { value: 'all', label: 'All', count: formatCount(counts.all) },
    { value: 'hot', label: 'Hot', count: formatCount(counts.hot) },
    { value: 'warm', label: 'Warm', count: formatCount(counts.warm) },
    {
      value: 'in-plan',
      label: 'In plan',
      count: formatCount(counts.in_plan),
      disabled: plan === null ? NO_PLAN : undefined,
    },
    { value: 'out-of-service', label: 'Out of service', count: formatCount(counts.out_of_service) },
  ];
  return (
    <Panel label="Hosts" long busy={pending}>
      <PanelTools
        label="Search and filters"
        aside={
          <ButtonLink href={hostsCsvAddress(choice)} icon="export" download>
            Export CSV
          </ButtonLink>
        }
      >
        <TextField label="Host name" placeholder="Host name" value={text} onChange={type} hint="/" />
        <Segmented
          label="Which hosts"
          value={choice.show}
          options={filters}
          onChange={(show) => go({ ...choice, show, page: 1 }, 'push')}
        />
        <PlaceSelect
          label="Zone"
          every="Every zone"
          names={data.zones}
          value={choice.zone}
          onChange={(zone) => go({ ...choice, zone, page: 1 }, 'push')}
        />
        <PlaceSelect
          label="Aggregate"
          every="Every aggregate"
          least={1}
          names={data.aggregates}
          value={choice.aggregate}
          onChange={(aggregate) => go({ ...choice, aggregate, page: 1 }, 'push')}
        />
        <PlanSelect
          plan={plan}
          plans={plans}
          now={now}
          onChange={(audit) => go({ ...choice, audit, page: 1 }, 'push')}
        />
      </PanelTools>
      {plan?.reason ? <PanelNote>{plan.reason}</PanelNote> : null}
      {total === 0 ? (
        <PanelEmpty>
          <p>
            {counts.all === 0 && isWhole({ ...choice, show: 'all' })
              ? 'Nova has no compute hosts.'
              : 'No host matches.'}
          </p>
          {isWhole(choice) ? null : (
            <Button onClick={() => go({ ...DEFAULTS, audit: choice.audit }, 'push')}>Clear search and filters</Button>
          )}
        </PanelEmpty>
      ) : choice.show === 'out-of-service' ? (
        <OutTable hosts={hosts} now={now} />
      ) : (
        <HostsTable
          hosts={hosts}
          choice={choice}
          limits={limits}
          onSort={(column) => go(sortedBy(choice, column), 'replace')}
        />
      )}
      {explainDashes(data).map((sentence) => (
        <PanelNote key={sentence}>{sentence}</PanelNote>
      ))}
      <Pages
        total={total}
        offset={data.offset}
        count={hosts.length}
        size={PAGE_SIZE}
        noun="host"
        onPage={(page) => go({ ...choice, page }, 'push')}
      />
    </Panel>
  );
}

/** Whether nothing is left out. */
const isWhole = ({ q, zone, aggregate, show }: HostsChoice): boolean =>
  q === '' && zone === undefined && aggregate === undefined && show === 'all';

/** Explains the dashes on this page, one sentence per reason. */
function explainDashes({ hosts }: Hosts): string[] {
  const names = new Map<string, string[]>();
  for (const { name, reason } of hosts) {
    if (reason !== null) names.set(reason, [...(names.get(reason) ?? []), name]);
  }
  return [...names].map(([reason, same]) => `– for ${formatNames(same)}: ${reason}.`);
}
