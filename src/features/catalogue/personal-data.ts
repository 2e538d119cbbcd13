import { statement } from '#platform/database/statement.ts';
import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';

const publishedOf = statement<{ title: string }, [userId: string]>(
  "select title from courses where instructor_id = $1::uuid and status = 'PUBLISHED' order by title",
);

const deleteInvitations = statement<unknown, [userId: string, email: string]>(
  'delete from course_invitations where user_id = $1::uuid or email = $2',
);

const content = [
  'categories',
  'course_categories',
  'course_prerequisites',
  'course_addresses',
  'chapters',
  'lessons',
  'lesson_versions',
  'resources',
  'live_sessions',
];

/** What the catalogue keeps of a person. A course that is offered needs somebody who teaches it. */
export const cataloguePersonalData: PersonalData = {
  feature: 'catalogue',
  tables: [
    personalTable('reviews', {
      about: 'What you wrote about courses.',
      owner: 'user_id',
      adding: { course: 'select title from courses where courses.id = row.course_id' },
    }),
    personalTable('courses', {
      about: 'The courses that are yours.',
      owner: 'instructor_id',
      only: ['id', 'title', 'slug', 'status', 'published_at', 'created_at', 'updated_at'],
    }),
    personalTable('course_instructors', {
      about: 'The courses of others that you help to teach.',
      owner: 'user_id',
      key: 'course_id',
      adding: { course: 'select title from courses where courses.id = row.course_id' },
    }),
    personalTable('course_invitations', {
      about: 'The courses of others that you were asked to teach with them.',
      owner: 'user_id',
      where: 'row.user_id = $1::uuid or row.email = (select email from users where users.id = $1::uuid)',
      without: ['invited_by_id'],
      adding: { course: 'select title from courses where courses.id = row.course_id' },
    }),
  ],
  leftOut: {
    ...Object.fromEntries(content.map((table) => [table, 'What courses are made of: it belongs to the course, not to a person.'])),
    'lesson_versions.author_id': 'The words are of the lesson; who wrote them down is forgotten with the person.',
    'course_invitations.invited_by_id': 'The invitation is of the person who was asked.',
  },
  forget: async (ctx, { id, email }) => {
    await ctx.db.sql(deleteInvitations, id, email);
  },
  async obstacles(ctx, userId) {
    const titles = (await ctx.db.sql(publishedOf, userId)).map((course) => course.title);
    if (titles.length === 0) return [];
    const named = titles.slice(0, 3).join(', ') + (titles.length > 3 ? ` and ${titles.length - 3} more` : '');
    return [
      {
        message: `Courses of yours are published: ${named}. Archive them, or hand them over to a co-instructor (in the studio, under “Team”), first.`,
      },
    ];
  },
};
