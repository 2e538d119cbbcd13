import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Row } from './row.ts';
import { oneSchool } from './schools.ts';
import { insert } from './world.ts';

const school = oneSchool();
const { committed, id } = school;

describe('categories', () => {
  const place = (name: string, parent: string | null) =>
    school.database.owner.query('update categories set parent_id = $2 where id = $1', [id(name), parent && id(parent)]);
  const circle = { code: '23514', constraint: 'categories_no_cycle' };

  beforeAll(async () => {
    for (const name of ['root', 'branch', 'leaf']) await insert(school.database.owner, 'categories', { id: id(name), name, slug: name });
    await place('leaf', 'branch');
    await place('branch', 'root');
  });

  test('cannot lie under themselves, however far down', async () => {
    await expect(place('root', 'root')).rejects.toMatchObject(circle);
    await expect(place('root', 'leaf')).rejects.toMatchObject(circle);
    await place('branch', null);
    await place('root', 'leaf');
  });

  test('two moves at once cannot close a circle that neither sees', async () => {
    for (const name of ['left', 'right']) await insert(school.database.owner, 'categories', { id: id(name), name, slug: name });
    const move = (name: string, parent: string) =>
      committed(
        '',
        'SYSTEM',
        (client) => client.query('update categories set parent_id = $2 where id = $1', [id(name), id(parent)]),
        name === 'left' ? school.application : other,
      );
    const other = new pg.Client({ connectionString: school.database.applicationUrl });
    await other.connect();
    const results = await Promise.allSettled([move('left', 'right'), move('right', 'left')]);
    await other.end();
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what exists once', () => {
  const again = (table: string, changes: Row) =>
    insert(school.database.owner, table, { id: id(`again ${JSON.stringify(changes)}`), ...changes });
  const duplicate = { code: '23505' };
  const coupon = { type: 'PERCENTAGE', value: 5, created_by_id: id('instructor') };

  test('an e-mail address, a username and a coupon code, whatever the case', async () => {
    await expect(again('users', { name: 'Ada', email: 'ada1@school.test' })).rejects.toMatchObject(duplicate);
    await expect(again('users', { name: 'Ada', email: 'other@school.test', username: 'ada1' })).rejects.toMatchObject(duplicate);
    await expect(again('coupons', { ...coupon, code: 'Spring1' })).rejects.toMatchObject({
      ...duplicate,
      constraint: 'coupons_code_whatever_case',
    });
    const { rows } = await school.database.owner.query<{ name: string }>(
      "select indexname as name from pg_indexes where indexname like '%_whatever_case' order by 1",
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'coupons_code_whatever_case',
      'users_email_whatever_case',
      'users_username_whatever_case',
    ]);
  });

  test('a review, an enrollment, a cart item and an event of a provider', async () => {
    const both = { user_id: id('student'), course_id: id('course') };
    await expect(again('reviews', { ...both, rating: 1 })).rejects.toMatchObject(duplicate);
    await expect(again('enrollments', both)).rejects.toMatchObject(duplicate);
    await expect(again('cart_items', { user_id: id('student'), product_id: id('product') })).rejects.toMatchObject(duplicate);
    await expect(again('webhook_events', { provider: 'demo', event_id: 'event-1', type: 'x', payload: '{}' })).rejects.toMatchObject(
      duplicate,
    );
  });

  test('a live free grant of a person for a course, and another after it was revoked', async () => {
    const free = { user_id: id('student'), course_id: id('basics'), source: 'FREE' };
    await insert(school.database.owner, 'access_grants', { id: id('free 1'), ...free });
    await expect(insert(school.database.owner, 'access_grants', { id: id('free 2'), ...free })).rejects.toMatchObject(duplicate);
    await school.database.owner.query("update access_grants set revoked_at = now() where source = 'FREE'");
    await insert(school.database.owner, 'access_grants', { id: id('free 2'), ...free });
  });

  test('an open attempt at a quiz, an accepted answer, a main category', async () => {
    const attempt = { user_id: id('student'), quiz_id: id('quiz'), questions: '[]', total_questions: 0 };
    await insert(school.database.owner, 'quiz_attempts', { id: id('attempt 2'), ...attempt, number: 2 });
    await expect(insert(school.database.owner, 'quiz_attempts', { id: id('attempt 3'), ...attempt, number: 3 })).rejects.toMatchObject({
      constraint: 'quiz_attempts_one_open',
    });
    await expect(school.database.owner.query('update comments set accepted = true')).rejects.toMatchObject({
      constraint: 'comments_one_accepted',
    });
    const secondMain = { course_id: id('course'), category_id: id('root'), is_main: true };
    await expect(insert(school.database.owner, 'course_categories', secondMain)).rejects.toMatchObject({
      constraint: 'course_categories_one_main',
    });
  });

  test('a tax of a country, also where it has no region', async () => {
    const tax = { country: 'DE', name: 'VAT 1', rate_basis_points: 700, valid_from: '2021-01-01' };
    await expect(again('tax_rates', tax)).rejects.toMatchObject(duplicate);
  });

  test('the last use of a coupon', async () => {
    await school.database.owner.query('update coupons set used_count = 9');
    const use = (client: pg.Client) => client.query('update coupons set used_count = used_count + 1 where id = $1', [id('coupon')]);
    const results = await Promise.allSettled([committed('', 'SYSTEM', use), use(school.database.owner)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
