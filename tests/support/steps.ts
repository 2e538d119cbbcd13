import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { type Visitor, visit } from './browser.ts';
import { lyceum, type School } from './school.ts';

/** What people do in most journeys. */
export const admin = { email: 'admin@school.test', password: 'lakes and nine tin boats' };

/** Makes the school's admin from the command line, beside the running school. */
export async function makeAdmin(school: School): Promise<void> {
  const words = ['user', 'create', '--email', admin.email, '--name', 'Ines Okafor', '--role', 'admin', '--password', admin.password];
  expect(await lyceum(words, { DATA_DIR: school.dataDir })).toMatchObject({ code: 0 });
}

/** Types into the form of the page and sends it. */
export async function send({ page }: Visitor, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.fill(`main [name=${name}]`, value);
  await page.click('main form button:not([type=button])');
}

/** Waits for the page's one heading. */
export async function headingIs({ page }: Visitor, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** The link in the newest mail to an address, as an admin reads it in the mailbox. */
export async function mailedLink(browser: Browser, school: School, mail: { to: string; subject: string }): Promise<string> {
  const reader = await visit(browser, school.baseUrl);
  await reader.page.goto('/sign-in?next=/admin/mail');
  await send(reader, admin);
  await headingIs(reader, 'Mail');
  const line = reader.page.locator('li a').filter({ hasText: mail.to }).filter({ hasText: mail.subject }).first();
  for (let look = 0; look < 50 && !(await line.isVisible()); look += 1) await reader.page.reload();
  await line.click();
  await headingIs(reader, mail.subject);
  const shown = await reader.page.frameLocator('iframe').getByRole('link').first().getAttribute('href');
  const text = await reader.page.locator('pre').innerText();
  const link = /http\S+/.exec(text)?.[0];
  expect(shown).toBe(link);
  await expectAccessible(reader.page);
  await reader.close();
  return link ?? '';
}
