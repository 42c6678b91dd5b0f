'use client';

import dynamic from 'next/dynamic';

/** The code of the chart comes after the page is painted, and only to where there is a canvas. */
export const LazyHostBars = dynamic(() => import('./host-bars').then((module) => module.HostBars), { ssr: false });
