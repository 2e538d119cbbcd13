import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Visitor } from './browser.ts';
import { lyceum, type School } from './school.ts';

/** What people do in most journeys. */
export const admin = { email: 'admin@school.test', password: 'lakes and nine tin boats' };

/** Makes the school's admin from the command line, beside the school when it runs. */
export async function makeAdmin(school: Pick<School, 'dataDir'>): Promise<void> {
  const words = ['user', 'create', '--email', admin.email, '--name', 'Ines Okafor', '--role', 'admin', '--password', admin.password];
  const { code, output } = await lyceum(words, { DATA_DIR: school.dataDir });
  if (code !== 0) throw new Error(`The admin was not made:\n${output}`);
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

/** Reloads a page until it shows what the school does in its own time. */
export async function reloadUntilVisible(page: Page, awaited: Locator, { timeout = 30_000, interval = 200 } = {}): Promise<void> {
  const look = async () => (await awaited.isVisible()) || (await page.reload().then(() => awaited.isVisible()));
  await expect.poll(look, { timeout, interval }).toBe(true);
}

/** The link in the newest mail to an address, out of the admin's mailbox; read without a window, because the mailbox has a journey of its own. */
export async function mailedLink(browser: Browser, school: School, mail: { to: string; subject: string }): Promise<string> {
  const context = await browser.newContext({ baseURL: school.baseUrl, extraHTTPHeaders: { accept: 'text/html', origin: school.baseUrl } });
  const mailbox = '/admin/mail';
  const pageAt = async (path: string) => (await context.request.get(path)).text();
  const signedIn = await context.request.post(`/sign-in?/signIn&next=${mailbox}`, { form: admin });
  expect(new URL(signedIn.url()).pathname).toBe(mailbox);
  const placeOfMail = async () => {
    const lines = (await pageAt(mailbox)).matchAll(/<a href="(\/admin\/mail\/[0-9a-f-]{36})".*?<\/a>/gs);
    return [...lines].find(([line]) => [mail.to, mail.subject].every((words) => line.includes(words)))?.[1];
  };
  await expect.poll(placeOfMail, { timeout: 30_000, interval: 100 }).toBeDefined();
  const [, text = ''] = /<pre[^>]*>(.*?)<\/pre>/s.exec(await pageAt((await placeOfMail()) ?? '')) ?? [];
  await context.close();
  return (/http\S+/.exec(text)?.[0] ?? '').replaceAll('&amp;', '&');
}
