import { describe, expect, test } from 'vitest';
import { changeLearningProfile } from '#features/accounts/index.server.ts';
import type { Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { dashboard } from '../index.server.ts';
import { classroom } from '../testing/classroom.ts';

const school = classroom();
const { enrolled, complete } = school;

describe('the dashboard', () => {
  const show = (student: Person, now?: Date) => dashboard(school.database.context(student, now));

  test('says first what to go on with: the next lesson of the course worked at last', async () => {
    const student = await aPerson(school.database);
    const first = await enrolled({ title: 'Older' }, student);
    const second = await enrolled({ title: 'Newer' }, student);
    await complete(student, second.course, 0, new Date('2026-05-04T11:00:00Z'));
    const shown = await show(student, new Date('2026-05-04T12:00:00Z'));
    expect(shown.continueWith).toMatchObject({ title: 'Newer', progressPercent: 50, isNew: false, lesson: { slug: 'lesson-2' } });
    expect(shown.inProgress.map((card) => card.title)).toEqual(['Older']);
    await complete(student, first.course, 0, new Date('2026-05-04T13:00:00Z'));
    expect((await show(student)).continueWith).toMatchObject({ title: 'Older' });
  });

  test('shows finished courses apart, and nothing to continue when all are finished', async () => {
    const { course, student } = await enrolled();
    await complete(student, course, 0);
    await complete(student, course, 1);
    const shown = await show(student);
    expect(shown.continueWith).toBeNull();
    expect(shown.completed).toMatchObject([{ slug: course.slug, completedOn: '2026-05-04', progressPercent: 100 }]);
  });

  test('shows neither courses whose access has ended nor those of others', async () => {
    const { student } = await enrolled();
    await enrolled();
    await school.database.owner.query('update access_grants set revoked_at = now() where user_id = $1', [student.id]);
    expect(await show(student)).toMatchObject({ continueWith: null, inProgress: [], completed: [] });
  });

  test('shows the learner’s week on their own calendar, and how many days in a row', async () => {
    const student = await aPerson(school.database, 'STUDENT', { timeZone: 'Asia/Tokyo' });
    for (const day of ['2026-04-30', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05']) {
      await school.database.owner.query(
        'insert into learning_days (id, user_id, local_date, seconds, lessons_completed) values ($1, $2, $3, 90, 2)',
        [newId(), student.id, day],
      );
    }
    // In Tokyo it is Wednesday already.
    const { week } = await show(student, new Date('2026-05-05T16:00:00Z'));
    expect(week.days.map((day) => day.date)).toEqual([
      '2026-05-04',
      '2026-05-05',
      '2026-05-06',
      '2026-05-07',
      '2026-05-08',
      '2026-05-09',
      '2026-05-10',
    ]);
    expect(week.days.find((day) => day.isToday)?.date).toBe('2026-05-06');
    expect(week).toMatchObject({ streakDays: 4, longestStreakDays: 4, lessonsCompleted: 4, seconds: 180 });
    expect(week.weeks.map(([monday]) => monday?.date)).toEqual(['2026-04-06', '2026-04-13', '2026-04-20', '2026-04-27', '2026-05-04']);
    expect(week.weeks.flat().flatMap((day) => (day.isLearned ? [day.date] : []))).toEqual([
      '2026-04-30',
      '2026-05-02',
      '2026-05-03',
      '2026-05-04',
      '2026-05-05',
    ]);
    expect((await show(student, new Date('2026-05-06T16:00:00Z'))).week.streakDays).toBe(0);
  });

  test('shows the weekly goal that the learner set themselves', async () => {
    const student = await aPerson(school.database);
    expect((await show(student)).week.goalMinutes).toBeNull();
    await changeLearningProfile(school.database.context(student), {
      weeklyGoalMinutes: '90',
      skillLevel: '',
      learningGoals: '',
      preferredTopics: '',
      timeAvailability: '',
    });
    expect((await show(student)).week.goalMinutes).toBe(90);
  });

  test('of somebody new is empty, and that is no error', async () => {
    expect(await show(await aPerson(school.database))).toMatchObject({
      continueWith: null,
      inProgress: [],
      completed: [],
      week: { streakDays: 0 },
    });
  });

  test('costs three queries, as many with thirty courses as with one', async () => {
    const one = await enrolled();
    const many = await aPerson(school.database);
    for (let index = 0; index < 30; index += 1) await enrolled({}, many);
    const counts = [];
    for (const student of [one.student, many]) counts.push((await statementsOf(() => show(student))).length);
    expect(counts).toEqual([3, 3]);
    const shown = await show(many);
    expect(shown.hasMore).toBe(true);
    expect(shown.inProgress).toHaveLength(23);
  });
});
