'use client';

import { useParams } from 'next/navigation';
import { decodedParameter } from '@/lib/format';
import { ButtonLink } from '../ui/button';
import { PageHead } from '../ui/page';
import { Panel, PanelBody, PanelTools } from '../ui/panel';
import { Name } from '../ui/values';
import { DEFAULTS, hostsAddress } from './choice';

/** A longer name can't be searched for. */
const MAX_SEARCH = 100;

/** Shown when Nova has no host of this name, or no longer has one. */
export function HostGone() {
  const { host } = useParams<{ host?: string }>();
  const name = decodedParameter(host ?? '');
  return (
    <>
      <PageHead title="Host not found" />
      <Panel label="Host not found">
        <PanelBody>
          Nova has no compute host called <Name>{name}</Name>. It may have left the cluster since the link was made.
        </PanelBody>
        <PanelTools label="What next">
          <ButtonLink href={hostsAddress({ ...DEFAULTS, q: name.slice(0, MAX_SEARCH) })}>Search for it</ButtonLink>
          <ButtonLink href={hostsAddress(DEFAULTS)}>All hosts</ButtonLink>
        </PanelTools>
      </Panel>
    </>
  );
}
