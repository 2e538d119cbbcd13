import { beforeEach, expect, test } from 'vitest';
import type { Context, Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { applyToTeach, changeNotifications, decideApplication, ownApplication, withdrawApplication } from '../index.server.ts';

const school = testSchool();
let ada: Person;
let ctx: Context;

beforeEach(async () => {
  ada = await aPerson(school.database);
  ctx = school.database.context(ada);
});

const message = 'I would teach how engines weave algebra, to people who like looms. I have written about it for ten years.';

async function decide(state: 'APPROVED' | 'REFUSED', answer: string | null) {
  await school.database.owner.query(
    'update teaching_applications set state = $2::application_state, decided_at = now(), answer = $3 where user_id = $1',
    [ada.id, state, answer],
  );
}

test('a student asks to teach and sees that it waits', async () => {
  expect(await ownApplication(ctx)).toBeNull();
  expect(await applyToTeach(ctx, { message: `  ${message}\r\nYours  ` })).toEqual({ kind: 'applied' });
  expect(await ownApplication(ctx)).toMatchObject({ state: 'PENDING', message: `${message}\nYours`, askedAt: ctx.now, answer: null });
});

test('pressed twice at once, one application waits', async () => {
  const answers = await Promise.all([applyToTeach(ctx, { message }), applyToTeach(ctx, { message })]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['already-waiting', 'applied']);
  const { rows } = await school.database.owner.query('select count(*)::int as count from teaching_applications where user_id = $1', [
    ada.id,
  ]);
  expect(rows).toEqual([{ count: 1 }]);
});

test('whoever was refused reads why, and may ask again', async () => {
  await applyToTeach(ctx, { message });
  await decide('REFUSED', 'Tell us more about your looms.');
  expect(await ownApplication(ctx)).toMatchObject({ state: 'REFUSED', answer: 'Tell us more about your looms.' });
  const later = school.database.context(ada, new Date(ctx.now.getTime() + 60_000));
  expect(await applyToTeach(later, { message: `${message} And of looms I own three.` })).toEqual({ kind: 'applied' });
  expect(await ownApplication(ctx)).toMatchObject({ state: 'PENDING', answer: null });
});

test('while it waits it can be withdrawn, once; what was answered stays', async () => {
  await applyToTeach(ctx, { message });
  expect(await withdrawApplication(ctx)).toEqual({ kind: 'withdrawn' });
  expect(await withdrawApplication(ctx)).toEqual({ kind: 'nothing-waits' });
  expect(await ownApplication(ctx)).toBeNull();
  await applyToTeach(ctx, { message });
  await decide('REFUSED', 'Not now.');
  expect(await withdrawApplication(ctx)).toEqual({ kind: 'nothing-waits' });
  expect(await ownApplication(ctx)).toMatchObject({ state: 'REFUSED' });
});

test.each(['', '   ', 'Let me teach.', 'x'.repeat(4001), `${message}\u0000`])(
  'a message that nobody could decide by is refused: %#',
  async (text) => {
    await expect(applyToTeach(ctx, { message: text })).rejects.toMatchObject({ code: 'invalid', fields: { message: expect.any(String) } });
  },
);

test('who teaches already does not ask; guests and admins who act as somebody else do not either', async () => {
  const session = { id: newId<'session'>(), startedAt: ctx.now, impersonator: { id: newId<'user'>(), name: 'Ines' } };
  for (const role of ['INSTRUCTOR', 'ADMIN'] as const)
    await expect(applyToTeach(school.database.context(await aPerson(school.database, role)), { message })).rejects.toMatchObject({
      code: 'forbidden',
    });
  await expect(applyToTeach(school.database.context({ ...ada, session }), { message })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(withdrawApplication(school.database.context({ ...ada, session }))).rejects.toMatchObject({ code: 'forbidden' });
  for (const work of [
    applyToTeach(school.database.context(guest), { message }),
    withdrawApplication(school.database.context(guest)),
    ownApplication(school.database.context(guest)),
  ])
    await expect(work).rejects.toMatchObject({ code: 'sign-in-required' });
});

test('nobody sees, withdraws or decides another’s application, whatever a query forgets', async () => {
  await applyToTeach(ctx, { message });
  const bea = school.database.context(await aPerson(school.database));
  expect(await ownApplication(bea)).toBeNull();
  expect(await withdrawApplication(bea)).toEqual({ kind: 'nothing-waits' });
  expect(await ownApplication(ctx)).toMatchObject({ state: 'PENDING' });
});

test('nobody asks without end', async () => {
  for (let count = 0; count < 5; count += 1) {
    await applyToTeach(ctx, { message });
    await withdrawApplication(ctx);
  }
  await expect(applyToTeach(ctx, { message })).rejects.toMatchObject({ code: 'too-many' });
});

test.each([
  ['wants to hear of it', ['teachingAnswered.email'], 1],
  ['does not', [], 0],
] as const)('whoever %s is told by mail what the school answers', async (_, chosen, mails) => {
  await changeNotifications(ctx, { isEnabled: true, chosen: [...chosen] });
  await applyToTeach(ctx, { message });
  const { id } = (await ownApplication(ctx))!;
  await decideApplication(school.database.context(await aPerson(school.database, 'ADMIN')), {
    id,
    decision: 'REFUSED',
    answer: 'Not now.',
  });
  await school.runJobs();
  expect(await school.mailsTo(ada.email)).toHaveLength(mails);
});
