'use client';

import NextLink from 'next/link';
import type { ComponentProps } from 'react';
import { useKeep } from './kept-query';

type Props = Omit<ComponentProps<typeof NextLink>, 'href'> & { href: string };

/** A link to another page, which keeps what all addresses keep. */
export function Link({ href, ...rest }: Props) {
  const keep = useKeep();
  return <NextLink {...rest} href={keep(href)} />;
}
