'use client';

import { useLinkStatus } from 'next/link';
import { Caption } from './figure';

/** Inside a link: says that the page behind it is being read. A source that does not answer can take its seconds. */
export function Pending() {
  return <span role="status">{useLinkStatus().pending ? <Caption>Being read</Caption> : null}</span>;
}
