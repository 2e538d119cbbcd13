import { beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, person } from '../../../../tests/support/database.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { applicationList, decideApplication } from '../index.server.ts';

const school = testSchool();
let admin: Awaited<ReturnType<typeof aPerson>>;

beforeAll(async () => {
  admin = await aPerson(school.database, 'ADMIN', { name: 'Ines Okafor' });
});

const asAdmin = () => school.database.context(admin);

async function anApplication(role: 'STUDENT' | 'ADMIN' = 'STUDENT') {
  const applicant = await aPerson(school.database, role, { name: 'Ada Lovelace' });
  const id = newId();
  await school.database.owner.query('insert into teaching_applications (id, user_id, message) values ($1, $2, $3)', [
    id,
    applicant.id,
    'I would teach engines that weave algebra.',
  ]);
  return { id, applicant };
}

const roleOf = async (id: string) => (await school.database.owner.query('select role from users where id = $1', [id])).rows[0]?.role;

test('somebody who is approved teaches at once, has a public face for it, and is told', async () => {
  const { id, applicant } = await anApplication();
  expect(await decideApplication(asAdmin(), { id, decision: 'APPROVED', answer: 'Welcome!' })).toEqual({
    kind: 'decided',
    name: 'Ada Lovelace',
  });
  expect(await roleOf(applicant.id)).toBe('INSTRUCTOR');
  expect((await school.database.owner.query('select 1 from instructor_profiles where user_id = $1', [applicant.id])).rowCount).toBe(1);
  await school.runJobs();
  const [mail] = await school.mailsTo(applicant.email);
  expect(mail).toMatchObject({ subject: 'You may teach here', text: expect.stringContaining('Welcome!') });
  const { rows } = await school.database.owner.query('select action, actor_id as actor from audit_log where subject_id = $1', [
    applicant.id,
  ]);
  expect(rows).toEqual([{ action: 'accounts.applicationApproved', actor: admin.id }]);
});

test('somebody who is refused stays a student and reads why; without a reason nobody is refused', async () => {
  const { id, applicant } = await anApplication();
  await expect(decideApplication(asAdmin(), { id, decision: 'REFUSED', answer: ' ' })).rejects.toMatchObject({
    fields: { answer: expect.any(String) },
  });
  await decideApplication(asAdmin(), { id, decision: 'REFUSED', answer: 'Tell us more about\r\nyour work.' });
  expect(await roleOf(applicant.id)).toBe('STUDENT');
  await school.runJobs();
  expect((await school.mailsTo(applicant.email))[0]?.text).toContain('The school writes:\n\nTell us more about\n\nyour work.');
});

test('of two admins who answer in the same moment one decides, and the other is told', async () => {
  const { id, applicant } = await anApplication();
  const answers = await Promise.all([
    decideApplication(asAdmin(), { id, decision: 'APPROVED', answer: '' }),
    decideApplication(school.database.context(await aPerson(school.database, 'ADMIN')), { id, decision: 'REFUSED', answer: 'No.' }),
  ]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['decided', 'decided-before']);
  await school.runJobs();
  expect(await school.mailsTo(applicant.email)).toHaveLength(1);
});

test('an admin who asks to teach stays an admin', async () => {
  const { id, applicant } = await anApplication('ADMIN');
  await decideApplication(asAdmin(), { id, decision: 'APPROVED', answer: '' });
  expect(await roleOf(applicant.id)).toBe('ADMIN');
});

test('who has waited longest comes first, and each stands in one list', async () => {
  const [first, second] = [await anApplication(), await anApplication()];
  const waiting = await applicationList(asAdmin(), { show: 'waiting' });
  expect(waiting.applications.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(await applicationList(asAdmin(), { show: 'waiting', from: first.id })).toMatchObject({
    applications: [{ id: second.id }],
    next: null,
  });
  const answered = await applicationList(asAdmin(), { show: 'answered' });
  expect(answered.applications.map(({ state }) => state)).toContain('REFUSED');
  expect(answered.applications.map(({ id }) => id)).not.toContain(first.id);
});

test.each(['nonsense', newId()])('there is no application %s', async (id) => {
  await expect(decideApplication(asAdmin(), { id, decision: 'APPROVED', answer: '' })).rejects.toMatchObject({ code: 'not-found' });
});

test.each([guest, person('STUDENT'), person('INSTRUCTOR')])('nobody else reads or answers them: %#', async (actor) => {
  const ctx = school.database.context(actor);
  await expect(applicationList(ctx, { show: 'waiting' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(decideApplication(ctx, { id: newId(), decision: 'APPROVED', answer: '' })).rejects.toMatchObject({ code: 'forbidden' });
});
