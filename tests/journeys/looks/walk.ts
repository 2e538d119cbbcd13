import type { Page } from 'playwright-core';
import { expectAccessible, expectNamed, expectReadable, expectToFit } from '../../support/accessible.ts';
import { reloadUntilVisible } from '../../support/steps.ts';

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
const found: Record<string, { list: string; link: string }> = {
  'the newest mail': { list: '/admin/mail', link: 'main li a' },
  'an alarm': { list: '/admin/alarms', link: 'main a[href^="/admin/alarms/"]' },
  'a coupon': { list: '/admin/coupons', link: 'main table a' },
  'a coupon of theirs': { list: '/studio/coupons', link: 'main table a' },
  'a tax': { list: '/admin/taxes?country=ES', link: 'main table a' },
  'a certificate': { list: '/certificates', link: 'main a[href^="/certificates/LYC-"]' },
  'an introduction': {
    list: '/learn/typescript-from-first-principles/unions-and-narrowing',
    link: '#classroom-outline a[href*="/chapters/"]',
  },
  'an introduction of theirs': { list: '/studio/courses/typescript-from-first-principles', link: 'main a.meta[href*="/chapters/"]' },
  'a student of theirs': { list: '/studio/courses/typescript-from-first-principles/students', link: 'main table a' },
  'a student': { list: '/admin/users', link: 'main a:has-text("Yusuf Osman")' },
};

/** Opens an address, or what stands for one. */
export async function open(page: Page, address: string): Promise<void> {
  const { list = address, link } = found[address] ?? {};
  await page.goto(list);
  if (!link) return;
  const place = page.locator(link).first();
  await reloadUntilVisible(page, place);
  await page.goto((await place.getAttribute('href')) ?? '');
}
