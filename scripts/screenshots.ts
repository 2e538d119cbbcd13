import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { demoLogins } from '../src/seed/demo-school.ts';
import { launchBrowser, visit } from '../tests/support/browser.ts';
import { startSchool } from '../tests/support/school.ts';

/** `npm run screenshots`: makes the pictures of the README from the demo school, each as the person sees it who is there most. */
const folder = 'docs/screenshots';
const pictures = [
  { name: 'home', path: '/', colorScheme: 'light' },
  { name: 'catalogue', path: '/courses', colorScheme: 'light' },
  { name: 'course', path: '/courses/seeing-light', colorScheme: 'dark' },
  { name: 'classroom', path: '/learn/typescript-from-first-principles/unions-and-narrowing', colorScheme: 'dark', isStudent: true },
  { name: 'dashboard', path: '/dashboard', colorScheme: 'light', isStudent: true },
  { name: 'bundle', path: '/products/light-and-water', colorScheme: 'light' },
  {
    name: 'cart',
    path: '/cart',
    colorScheme: 'dark',
    isStudent: true,
    puts: ['spanish-from-the-first-conversation', 'pages-for-everyone', 'seeing-light'],
  },
] as const;

mkdirSync(folder, { recursive: true });
const [browser, school] = await Promise.all([launchBrowser(), startSchool()]);
for (const { name, path, colorScheme, ...picture } of pictures) {
  const { page, context } = await visit(browser, school.baseUrl, { colorScheme, width: 1280 });
  if ('isStudent' in picture) {
    await page.goto('/sign-in');
    await page.fill('[name=email]', 'student@demo.school');
    await page.fill('[name=password]', demoLogins[0]?.password ?? '');
    await page.click('main form button:not([type=button])');
    await page.waitForURL('**/dashboard');
  }
  for (const course of 'puts' in picture ? picture.puts : []) {
    await page.goto(`/courses/${course}`);
    await page.getByRole('button', { name: 'Add to cart' }).first().click();
    await page.waitForURL('**/cart');
  }
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await sharp(await page.screenshot())
    .webp({ quality: 82 })
    .toFile(join(folder, `${name}.webp`));
  await context.close();
}
await browser.close();
await school.stop();
