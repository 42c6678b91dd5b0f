'use client';

import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { Notice } from './notice';

/**
 * A part of a page that the browser loads when it is first shown, so that everything else is there sooner.
 *
 * @param load imports the part
 * @param Waiting takes its place until it is loaded, as high as it
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: () => ReactNode,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load().catch((): ComponentType<Props> => NotLoaded) }));
  return function Later(props) {
    return (
      <Suspense fallback={<Waiting />}>
        <Part {...props} />
      </Suspense>
    );
  };
}

/** Takes the place of a part that the browser could not load. */
export function NotLoaded() {
  return (
    <Notice tone="error" role="alert">
      This part could not be loaded. Reload the page.
    </Notice>
  );
}
