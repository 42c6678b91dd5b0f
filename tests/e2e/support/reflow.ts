import { expect, type Page } from '@playwright/test';
import { resize } from './watch';

/** The narrowest window to support (WCAG 1.4.10). */
const NARROWEST = { width: 320, height: 640 };

/** Lists what scrolls the page sideways, is cut off by the window, or can't be scrolled to with the keyboard. */
export const listSpills = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.documentElement;
    const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const says = `${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`;
      if (scrolls(element) && element.scrollWidth > element.clientWidth + 1) {
        const reached = element.tabIndex >= 0 || element.querySelector('a, button, input, select, [tabindex="0"]');
        if (!reached) found.push(`not reached by keyboard: ${says}`);
      }
      const texts = [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim());
      if (!texts || !element.checkVisibility({ visibilityProperty: true })) continue;
      const { left, right, width } = element.getBoundingClientRect();
      // Text for screen readers only is one pixel wide.
      if (width <= 1 || (left >= 0 && right <= root.clientWidth + 1)) continue;
      let around: Element | null = element;
      while (around && !scrolls(around)) around = around.parentElement;
      if (around === null) found.push(`cut off: ${says}`);
    }
    return found;
  });

/** Expects the page to fit a window of 320 px; tables and charts may scroll within themselves. */
export async function expectReflow(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  await resize(page, NARROWEST);
  // Charts adapt to the window with a delay.
  await expect.poll(() => listSpills(page), `${what} at ${NARROWEST.width} px`).toEqual([]);
  if (before) await resize(page, before);
}
