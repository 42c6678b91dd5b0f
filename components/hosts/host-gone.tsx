'use client';

import { useParams } from 'next/navigation';
import { ButtonLink } from '../ui/button';
import { PageHead } from '../ui/page';
import { Panel, PanelBody, PanelTools } from '../ui/panel';
import { Name } from '../ui/values';
import { DEFAULTS, hostsAddress } from './choice';

/** Longer ones are no host names. */
const MAX_SEARCH = 100;

/** A host that Nova does not know, or no longer. */
export function HostGone() {
  const { host } = useParams<{ host?: string }>();
  const name = decodeURIComponent(host ?? '');
  return (
    <>
      <PageHead title="Host not found" />
      <Panel label="Host not found">
        <PanelBody>
          Nova knows no compute host called <Name>{name}</Name>. It may have left the cluster since the link was made.
        </PanelBody>
        <PanelTools label="What next">
          <ButtonLink href={hostsAddress({ ...DEFAULTS, q: name.slice(0, MAX_SEARCH) })}>Search for it</ButtonLink>
          <ButtonLink href={hostsAddress(DEFAULTS)}>All hosts</ButtonLink>
        </PanelTools>
      </Panel>
    </>
  );
}
