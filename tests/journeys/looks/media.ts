import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Nothing moves for longer than a thousandth of a second. */
export async function expectStill(page: Page): Promise<void> {
  const moving = await page.evaluate(() => {
    const longest = (list: string) =>
      Math.max(...list.split(',').map((time) => Number.parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
    return [...document.querySelectorAll('*')]
      .filter((element) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
        return longest(transitionDuration) > 1 || (animationName !== 'none' && longest(animationDuration) > 1);
      })
      .map((element) => element.outerHTML.slice(0, 100));
  });
  expect(moving, page.url()).toEqual([]);
}

/** A page as paper: dark ink on white, and nothing to press. */
export async function expectPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const paper = await page.evaluate(() => {
    const shown = (element: Element) =>
      !element.matches('main header, main footer') && element.checkVisibility() && element.getBoundingClientRect().height > 0;
    const lightness = (color: string) => Number(/oklch\(([\d.]+)/.exec(color)?.[1] ?? (color === 'rgb(255, 255, 255)' ? 1 : 0));
    const heading = document.querySelector('h1');
    return {
      paper: lightness(getComputedStyle(document.documentElement).backgroundColor),
      inkIsDark: heading !== null && lightness(getComputedStyle(heading).color) < 0.4,
      shown: [...document.querySelectorAll('body header, nav:not([aria-label="Breadcrumb"]), footer, button, video')]
        .filter(shown)
        .map((element) => element.outerHTML.slice(0, 80)),
    };
  });
  expect(paper, page.url()).toEqual({ paper: 1, inkIsDark: true, shown: [] });
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
}
