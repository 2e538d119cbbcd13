import { describe, expect, test } from 'vitest';
import { instructor, refused, student, twoSchools } from './schools.ts';
import { idIn } from './world.ts';

const school = twoSchools();

describe('a person’s own row', () => {
  test.each([
    ['role', "'ADMIN'"],
    ['email', "'new@school.test'"],
    ['email_verified', 'true'],
    ['two_factor_enabled', 'true'],
    ['banned', 'true'],
    ['ban_reason', "'Spam'"],
    ['deleted_at', 'now()'],
    ['stripe_customer_id', "'cus_1'"],
  ])('users.%s', async (column, value) => {
    const climb = () => school.application.query(`update users set ${column} = ${value} where id = $1`, [student]);
    await expect(school.actingAs(student, 'STUDENT', climb)).rejects.toMatchObject(refused);
    await expect(school.actingAs(instructor, 'INSTRUCTOR', climb)).resolves.toMatchObject({ rowCount: 0 });
    const banned = ['ban_reason'].includes(column) ? ', banned = true' : '';
    const byAdmin = () => school.application.query(`update users set ${column} = ${value} ${banned} where id = $1`, [student]);
    await expect(school.actingAs(idIn(2, 'student'), 'ADMIN', byAdmin)).resolves.toMatchObject({ rowCount: 1 });
  });

  test('a person changes their own name, and makes or removes nobody', async () => {
    const as = (text: string) => school.actingAs(student, 'STUDENT', () => school.application.query(text, [student]));
    expect(await as("update users set name = 'Ada King', bio = 'Numbers.', locale = 'de' where id = $1")).toMatchObject({ rowCount: 1 });
    expect(await as('delete from users where id = $1')).toMatchObject({ rowCount: 0 });
    await expect(as("insert into users (id, name, email, role) values ($1, 'Eve', 'eve@school.test', 'ADMIN')")).rejects.toMatchObject(
      refused,
    );
  });
});

describe('other people', () => {
  const columns = async (view: string) => {
    const { rows } = await school.database.owner.query<{ name: string }>(
      'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum',
      [view],
    );
    return rows.map(({ name }) => name);
  };

  test('are seen by anyone, with their face and without address, standing or place', async () => {
    expect(await columns('people')).toEqual(
      'id name username display_username image image_key role headline bio website is_closed created_at'.split(' '),
    );
    expect(
      await school.actingAs('', '', () => school.application.query('select name from people where id = $1', [instructor])),
    ).toMatchObject({
      rowCount: 1,
    });
  });

  test('are seen whole by the school alone', async () => {
    expect(await columns('people_in_full')).toEqual(await columns('users'));
    const all = () => school.application.query('select email from people_in_full');
    expect(await school.actingAs(instructor, 'INSTRUCTOR', all)).toMatchObject({ rowCount: 0 });
    expect(await school.actingAs('', 'ADMIN', all)).toMatchObject({ rowCount: 6 });
  });

  test.each(['people', 'people_in_full'])('are not changed through %s', async (view) => {
    const change = () => school.application.query(`update ${view} set name = 'Other'`);
    await expect(school.actingAs(student, 'ADMIN', change)).rejects.toMatchObject(refused);
    await expect(school.actingAs(student, 'ADMIN', () => school.application.query(`delete from ${view}`))).rejects.toMatchObject(refused);
  });
});
