import { statement } from '#platform/database/statement.ts';
import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';
import { forgetNameOnCertificates } from './certificates/forget-name.ts';

const course = 'select title from courses where courses.id = row.course_id';
const lesson = 'select title from lessons where lessons.id = row.lesson_id';
const throughEnrollment = 'exists (select from enrollments where enrollments.id = row.enrollment_id and enrollments.user_id = $1::uuid)';

/** Nobody but their writer ever saw them. */
const deleteNotes = statement<unknown, [userId: string]>('delete from notes where user_id = $1::uuid');

/** What learning keeps of a person. That somebody took a course stays when an account closes; who it was does not. */
export const learningPersonalData: PersonalData = {
  feature: 'learning',
  tables: [
    personalTable('enrollments', { about: 'The courses you joined, and how far you are.', owner: 'user_id', adding: { course } }),
    personalTable('access_grants', { about: 'Why you may enter each course.', owner: 'user_id', adding: { course } }),
    personalTable('lesson_progress', {
      about: 'How far you are in each lesson, and what you watched or read of it.',
      where: throughEnrollment,
      adding: { lesson },
    }),
    personalTable('chapter_progress', {
      about: 'How far you are in each chapter.',
      where: throughEnrollment,
      adding: { chapter: 'select title from chapters where chapters.id = row.chapter_id' },
    }),
    personalTable('package_attempts', {
      about: 'How far you are in packages, your results in them, and what they kept of you.',
      where: throughEnrollment,
      adding: { package: 'select title from packages where packages.id = row.package_id' },
    }),
    personalTable('certificates', { about: 'Certificates of the courses you finished.', where: throughEnrollment }),
    personalTable('learning_days', { about: 'The days on which you learned.', owner: 'user_id' }),
    personalTable('calendar_feeds', { about: 'When you gave your calendar an address.', owner: 'user_id', without: ['id'] }),
    personalTable('notes', { about: 'Your notes.', owner: 'user_id', adding: { lesson } }),
    personalTable('attendances', { about: 'Live sessions you came to.', owner: 'user_id' }),
  ],
  forget: async (ctx, leaver) => {
    await ctx.db.sql(deleteNotes, leaver.id);
    await forgetNameOnCertificates(ctx, leaver);
  },
};
