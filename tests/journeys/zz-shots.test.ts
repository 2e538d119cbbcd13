import { test } from 'vitest';
import { mkdirSync } from 'node:fs';
import { demoLogins } from '../src/seed/demo-school.ts';
import { launchBrowser, visit } from './support/browser.ts';
import { startSchool } from './support/school.ts';
import { send } from './support/steps.ts';
test('shots', async () => {
  mkdirSync('/tmp/lyceum/shots/d', { recursive: true });
  const [browser, school] = await Promise.all([launchBrowser(), startSchool()]);
  try {
    const v = await visit(browser, school.baseUrl);
    await v.page.goto('/sign-in');
    await send(v, { email: 'instructor@demo.school', password: demoLogins[0]?.password ?? '' });
    await v.page.waitForURL('**/dashboard');
    const root = '/studio/courses/typescript-from-first-principles';
    const only = process.env.SHOTS?.split(',');
    for (const place of ['details', 'access', 'publish', 'students', 'team', 'announcements', 'student']) {
      if (only && !only.includes(place)) continue;
      if (place === 'student') {
        await v.page.goto(`${root}/students`);
        await v.page.goto((await v.page.locator('main table a').first().getAttribute('href')) ?? '');
      } else await v.page.goto(`${root}/${place}`);
      await v.page.setViewportSize({ width: 1440, height: 900 });
      await v.page.waitForTimeout(300);
      await v.page.screenshot({ path: `/tmp/lyceum/shots/d/${place}-1440.png`, fullPage: true });
      await v.page.setViewportSize({ width: 390, height: 900 });
      await v.page.emulateMedia({ colorScheme: 'dark' });
      await v.page.screenshot({ path: `/tmp/lyceum/shots/d/${place}-390.png`, fullPage: true });
      await v.page.emulateMedia({ colorScheme: 'light' });
    }
    console.log(v.complaints);
  } finally {
    await browser.close();
    await school.stop();
  }
}, 200000);
