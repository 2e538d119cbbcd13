import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const everything: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** Fails on anything that axe, which needs scripts, finds (WCAG 2.2 A and AA, and what is good practice). Frames are pages of their own. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findings(page), page.url()).toEqual([]);
}

/** What changes with the colors alone. */
export async function expectReadable(page: Page): Promise<void> {
  expect(await findings(page, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }), page.url()).toEqual([]);
}

async function findings(page: Page, options: RunOptions = everything): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async (wanted) => {
      const { run } = (window as unknown as { axe: { run(where: Document, options: RunOptions): Promise<AxeResults> } }).axe;
      return (await run(document, wanted)).violations;
    },
    { ...options, iframes: false, resultTypes: ['violations'] } as RunOptions,
  );
  return violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** What a screen reader hears: one main part and one first heading, headings in their order, and a name for whatever can be acted on. */
export async function expectNamed(page: Page): Promise<void> {
  // A line in which a name has a colon stands in quotes.
  const tree = await page.locator('body').ariaSnapshot();
  const levels = [...tree.matchAll(/- '?heading\b.*\[level=(\d)\]/g)].map(([, level]) => Number(level));
  expect([...tree.matchAll(/^\s*- '?main\b/gm)], `${page.url()} has one main part`).toHaveLength(1);
  expect(
    levels.filter((level) => level === 1),
    `${page.url()} has one first heading`,
  ).toHaveLength(1);
  const jumps = levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1);
  expect(jumps, `${page.url()} leaves out no level of headings`).toEqual([]);
  const unnamed = tree.match(/^\s*- '?(button|link|textbox|checkbox|radio|combobox|slider|searchbox|dialog|img)(?! ")(:| \[|$).*/gm) ?? [];
  expect(unnamed, `${page.url()} names what can be acted on`).toEqual([]);
}

/** Fails where something is wider than the window. */
export async function expectToFit(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `${page.url()} at ${width} px is wider than the window`).toBeLessThanOrEqual(0);
}
