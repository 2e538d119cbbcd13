import { expect, test } from 'vitest';
import { createTestDatabase, guest } from '../../../../tests/support/database.ts';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import { createUser, firstAdminPath, isFirstAdminOpen, makeFirstAdmin, signIn } from '../index.server.ts';

const school = testSchool();

const { asGuest } = school;
const tokenOf = (path: string | null) => new URL(path ?? '', 'http://school.test').searchParams.get('token') ?? '';

test('whoever bears the token makes the first admin; of two at once, one; and then nobody', async () => {
  await createUser(school.asProgram(), { name: 'Nora', email: 'nora@school.test', role: 'INSTRUCTOR' });
  const token = tokenOf(await firstAdminPath(asGuest()));
  expect(token).toMatch(/^[\w-]{43}$/);
  for (const wrong of ['', 'x', `${token}x`, `x${token.slice(1)}`]) {
    expect(await isFirstAdminOpen(asGuest(), { token: wrong })).toBe(false);
    await expect(
      makeFirstAdmin(asGuest(), { token: wrong, name: 'Eve', email: 'eve@school.test', password, client }),
    ).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(await isFirstAdminOpen(asGuest(), { token })).toBe(true);
  await expect(makeFirstAdmin(asGuest(), { token, name: '', email: 'nobody', password: 'short', client })).rejects.toMatchObject({
    fields: { name: expect.any(String), email: expect.any(String), password: expect.any(String) },
  });

  const answers = await Promise.allSettled(
    ['ines@school.test', 'otto@school.test', 'uma@school.test'].map((email) =>
      makeFirstAdmin(asGuest(), { token, name: 'First', email, password, client }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  const { rows } = await school.database.owner.query<{ email: string }>("select email from users where role = 'ADMIN'");
  expect(rows).toHaveLength(1);
  const email = rows[0]?.email ?? '';
  expect((await signIn(asGuest(), { email, password, remember: true, client })).kind).toBe('signed-in');

  expect(await firstAdminPath(asGuest())).toBeNull();
  expect(await isFirstAdminOpen(asGuest(), { token })).toBe(false);
  await expect(makeFirstAdmin(asGuest(), { token, name: 'Eve', email: 'eve@school.test', password, client })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('every process of the school knows the same token, and another school another', async () => {
  const other = await createTestDatabase();
  const here = await firstAdminPath(other.context(guest));
  await school.restart();
  expect(await firstAdminPath(other.context(guest))).toBe(here);
  await school.restart({ SECRET: 'another secret that has more than 32 characters' });
  expect(await firstAdminPath(other.context(guest))).not.toBe(here);
  await other.drop();
});

test('guesses are counted', async () => {
  const guess = () =>
    makeFirstAdmin(asGuest(), {
      token: 'x',
      name: 'Eve',
      email: 'eve@school.test',
      password,
      client: { address: '198.51.100.1', userAgent: '' },
    });
  for (let attempt = 0; attempt < 20; attempt += 1) await expect(guess()).rejects.toMatchObject({ code: 'not-found' });
  await expect(guess()).rejects.toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
});
