import { readFileSync, existsSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { launchBrowser } from './support/browser.ts';
import { startSchool } from './support/school.ts';
import { demoLogins } from '../src/seed/demo-school.ts';

const school = await startSchool({ environment: { DATABASE_URL: process.env.SHOTS_DB ?? '' } });
const browser = await launchBrowser();
try {
  const owner = new pg.Client({ connectionString: process.env.SHOTS_DB });
  await owner.connect();
  await owner.query("set app.user_role = 'SYSTEM'");
  await owner.query("update courses set is_free = false where slug in (select slug from courses order by slug limit 3)");
  await owner.query("insert into prices (id, product_id, currency, amount, discount_amount) select gen_random_uuid(), product_of_course(id), 'USD', 4900, 3900 from courses where not is_free");
  await owner.query("insert into products (id, type, owner_id, name, slug, description, status) select gen_random_uuid(), 'BUNDLE', instructor_id, 'Everything to begin with', 'everything', 'Three courses that go well together, in the order in which they are best taken.', 'PUBLIC' from courses limit 1");
  await owner.query("insert into product_courses (product_id, course_id, position) select p.id, c.id, row_number() over () from products p, courses c where p.slug = 'everything' and not c.is_free");
  await owner.query("insert into prices (id, product_id, currency, amount) select gen_random_uuid(), id, 'USD', 9900 from products where slug = 'everything'");
  const { rows } = await owner.query("select slug from courses where not is_free order by slug");
  await owner.end();
  for (const width of [390, 1440]) for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ baseURL: school.baseUrl, colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const shot = async (name: string) => page.screenshot({ path: `/tmp/lyceum/shots/b/${name}-${width}-${colorScheme}.png`, fullPage: name !== 'catalogue' });
    await page.goto('/courses?sort=dearest'); await shot('catalogue');
    await page.goto(`/courses/${rows[0].slug}`); await page.screenshot({ path: `/tmp/lyceum/shots/b/course-${width}-${colorScheme}.png` });
    await page.getByRole('button', { name: 'Add to cart' }).click(); await page.waitForURL('**/cart');
    await page.goto('/products/everything'); await shot('product');
    await page.getByRole('button', { name: 'Add to cart' }).click(); await page.waitForURL('**/cart');
    await shot('cart-guest');
    if (colorScheme === 'light') {
      await page.goto('/sign-in?next=/cart');
      await page.getByLabel('E-mail').first().fill('student@demo.school'); await page.getByLabel('Password', { exact: true }).fill(demoLogins[0]!.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click(); await page.waitForURL('**/cart');
      await page.locator('summary').filter({ hasText: 'For yourself' }).first().click();
      await shot('cart-student');
    }
    await context.close();
  }
} finally { await browser.close(); console.log(await school.stop(), school.output().split('\n').filter((l) => /error/i.test(l)).slice(0, 5)); }
