import type { Page } from 'playwright-core';
import { expectAccessible, expectNamed, expectReadable, expectToFit } from '../../support/accessible.ts';

/** One page in both colors and at every width, without asking the server again. */
export async function look(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNamed(page);
  await expectToFit(page, 768);
  await expectToFit(page, 320);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectToFit(page, 390);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectReadable(page);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Some pages are found from a list, because nobody knows their address before. */
export async function open(page: Page, address: string): Promise<void> {
  const lists: Record<string, string> = { 'the newest mail': '/admin/mail', 'the first person': '/admin/users' };
  const list = lists[address];
  await page.goto(list ?? address);
  if (!list) return;
  const link = page
    .locator(`main a[href^="${list}/"]:not([href$="/previews"]):not([href*="/users/new"]):not([href*="/import"]):not([href*="export"])`)
    .first();
  for (let wait = 0; wait < 50 && !(await link.isVisible()); wait += 1) await page.reload();
  await page.goto((await link.getAttribute('href')) ?? '');
}
