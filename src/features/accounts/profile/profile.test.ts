import { beforeEach, expect, test } from 'vitest';
import type { Context, Person } from '#platform/context.ts';
import { newId, type SessionId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import {
  changeLearningProfile,
  changePrivateProfile,
  changeProfile,
  changeTeachingProfile,
  learningProfile,
  ownProfile,
  setAvatar,
  teachingProfile,
} from '../index.server.ts';

const database = testDatabase();
let ada: Person;
let ctx: Context;

beforeEach(async () => {
  ada = await aPerson(database, 'STUDENT', { name: 'Ada' });
  ctx = database.context(ada);
});

const profile = { name: 'Ada Lovelace', headline: 'Weaver of numbers', website: 'ada.example.org', bio: 'I **weave**.\r\n\r\nAnd count.' };
const details = {
  firstName: 'Ada',
  lastName: 'King',
  phone: '+44 20 1234567',
  address: '12 St James’s Square\r\nLondon',
  dateOfBirth: '1990-12-10',
  github: '@ada',
  linkedIn: '',
  twitter: '',
  bluesky: 'ada.example.org',
  instagram: '',
  youtube: '',
};
const aims = {
  weeklyGoalMinutes: '120',
  skillLevel: 'ADVANCED',
  learningGoals: 'Weave\n\n Weave \nCount',
  preferredTopics: '',
  timeAvailability: 'Evenings',
};
const face = {
  title: 'Engineer',
  expertise: 'Engines\r\nAlgebra',
  yearsOfExperience: '12',
  certifications: '',
  linkedIn: 'ada-lovelace',
  twitter: 'https://twitter.com/ada',
  github: '',
  website: 'https://ada.example.org',
};

test('what others see is kept, and Markdown about oneself becomes clean HTML', async () => {
  await changeProfile(ctx, profile);
  expect(await ownProfile(ctx)).toMatchObject({
    name: 'Ada Lovelace',
    headline: 'Weaver of numbers',
    website: 'https://ada.example.org/',
    bio: 'I **weave**.\n\nAnd count.',
    bioHtml: '<p>I <strong>weave</strong>.</p>\n<p>And count.</p>',
  });
  await changeProfile(ctx, { ...profile, headline: ' ', website: '', bio: '<img src=x onerror=alert(1)> [me](javascript:alert(1))' });
  const { headline, website, bioHtml } = await ownProfile(ctx);
  expect([headline, website]).toEqual(['', '']);
  expect(bioHtml).not.toMatch(/<img|href="javascript/);
});

test('what only the school knows is kept apart, whole or not at all', async () => {
  await changePrivateProfile(ctx, details);
  await changePrivateProfile(ctx, details);
  expect((await ownProfile(ctx)).private).toEqual({
    firstName: 'Ada',
    lastName: 'King',
    phone: '+44 20 1234567',
    address: '12 St James’s Square\nLondon',
    dateOfBirth: '1990-12-10',
    socialLinks: { github: 'https://github.com/ada', bluesky: 'https://bsky.app/profile/ada.example.org' },
  });
  const refused = changePrivateProfile(ctx, {
    ...details,
    firstName: 'Bea',
    github: 'https://evil.example/ada',
    dateOfBirth: '2999-01-01',
  });
  await expect(refused).rejects.toMatchObject({ code: 'invalid', fields: { github: expect.any(String), dateOfBirth: expect.any(String) } });
  expect((await ownProfile(ctx)).private.firstName).toBe('Ada');
});

test('two forms of a person who had none, sent at once, make one row', async () => {
  await Promise.all([
    changePrivateProfile(ctx, details),
    changePrivateProfile(ctx, details),
    changeLearningProfile(ctx, aims),
    changeLearningProfile(ctx, aims),
  ]);
  const { rows } = await database.owner.query(
    'select (select count(*)::int from user_profiles where user_id = $1) as kept, (select count(*)::int from student_profiles where user_id = $1) as aims',
    [ada.id],
  );
  expect(rows).toEqual([{ kept: 1, aims: 1 }]);
});

test('one’s aims are kept, each line once, and leave what was learned alone', async () => {
  expect(await learningProfile(ctx)).toEqual({
    learningGoals: [],
    preferredTopics: [],
    skillLevel: '',
    timeAvailability: '',
    weeklyGoalMinutes: null,
  });
  await database.owner.query('insert into student_profiles (id, user_id, total_points, updated_at) values ($1, $2, 70, now())', [
    newId(),
    ada.id,
  ]);
  await changeLearningProfile(ctx, aims);
  expect(await learningProfile(ctx)).toEqual({
    learningGoals: ['Weave', 'Count'],
    preferredTopics: [],
    skillLevel: 'ADVANCED',
    timeAvailability: 'Evenings',
    weeklyGoalMinutes: 120,
  });
  expect((await database.owner.query('select total_points from student_profiles where user_id = $1', [ada.id])).rows).toEqual([
    { total_points: 70 },
  ]);
});

test.each([
  ['weeklyGoalMinutes', '0'],
  ['weeklyGoalMinutes', '10081'],
  ['weeklyGoalMinutes', '1.5'],
  ['skillLevel', 'GENIUS'],
  ['learningGoals', Array.from({ length: 11 }, (_, index) => `Goal ${index}`).join('\n')],
  ['preferredTopics', 'x'.repeat(61)],
  ['timeAvailability', 'two\nlines'],
])('an aim that cannot be is refused at its field: %s', async (field, value) => {
  await expect(changeLearningProfile(ctx, { ...aims, [field]: value })).rejects.toMatchObject({
    code: 'invalid',
    fields: { [field]: expect.any(String) },
  });
});

test.each([
  ['name', ''],
  ['name', 'x'.repeat(101)],
  ['name', 'Ada\u0007'],
  ['headline', 'two\nlines'],
  ['website', 'http://ada.example.org'],
  ['website', 'javascript:alert(1)'],
  ['bio', 'x'.repeat(4001)],
  ['bio', 'a\u0000b'],
])('a profile that cannot be is refused at its field: %s', async (field, value) => {
  await expect(changeProfile(ctx, { ...profile, [field]: value })).rejects.toMatchObject({
    code: 'invalid',
    fields: { [field]: expect.any(String) },
  });
});

test('an instructor shows a face; a student has none to show', async () => {
  const rolf = await aPerson(database, 'INSTRUCTOR');
  await changeTeachingProfile(database.context(rolf), face);
  expect(await teachingProfile(database.context(rolf))).toEqual({
    title: 'Engineer',
    expertise: ['Engines', 'Algebra'],
    yearsOfExperience: 12,
    certifications: [],
    linkedIn: 'https://www.linkedin.com/in/ada-lovelace',
    twitter: 'https://x.com/ada',
    github: '',
    website: 'https://ada.example.org/',
  });
  await expect(
    changeTeachingProfile(database.context(rolf), { ...face, website: 'http://ada.example.org', yearsOfExperience: '81' }),
  ).rejects.toMatchObject({
    fields: { website: expect.any(String), yearsOfExperience: expect.any(String) },
  });
  await expect(changeTeachingProfile(ctx, face)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a picture is the person’s own, and the one before is named', async () => {
  expect(await setAvatar(ctx, { url: '/files/aa/one-256.webp', key: 'aa/one.webp' })).toEqual({ replacedKey: null });
  expect(await setAvatar(ctx, { url: '/files/bb/two-256.webp', key: 'bb/two.webp' })).toEqual({ replacedKey: 'aa/one.webp' });
  expect((await ownProfile(ctx)).imageUrl).toBe('/files/bb/two-256.webp');
  expect(await setAvatar(ctx, null)).toEqual({ replacedKey: 'bb/two.webp' });
  expect((await ownProfile(ctx)).imageUrl).toBeNull();
});

const everyChange: [string, (ctx: Context) => Promise<unknown>][] = [
  ['what others see', (ctx) => changeProfile(ctx, profile)],
  ['what only the school knows', (ctx) => changePrivateProfile(ctx, details)],
  ['aims', (ctx) => changeLearningProfile(ctx, aims)],
  ['a face as an instructor', (ctx) => changeTeachingProfile(ctx, face)],
  ['a picture', (ctx) => setAvatar(ctx, null)],
];

test.each(everyChange)('an admin who acts as somebody else does not change %s', async (_, change) => {
  const session = { id: newId<'session'>() as SessionId, startedAt: ctx.now, impersonator: { id: newId<'user'>(), name: 'Ines' } };
  const rolf = await aPerson(database, 'INSTRUCTOR');
  await expect(change(database.context({ ...rolf, session }))).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('acting as them'),
  });
});

test.each([
  ...everyChange,
  ['profile page', ownProfile],
  ['aims page', learningProfile],
  ['face page', teachingProfile],
] as typeof everyChange)('a guest has no %s', async (_, change) => {
  await expect(change(database.context(guest))).rejects.toMatchObject({ code: 'sign-in-required' });
});

test('nobody reads what another tells the school alone, whatever a query forgets', async () => {
  await changePrivateProfile(ctx, details);
  const bea = await aPerson(database);
  expect((await ownProfile(database.context(bea))).private.firstName).toBe('');
  const all = await database.context(bea).db.prisma.userProfile.findMany();
  expect(all).toEqual([]);
});
