import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';

const course = 'select title from courses where courses.id = row.course_id';

/** What community keeps of a person. What others answered stays, with the name that a closed account leaves. */
export const communityPersonalData: PersonalData = {
  feature: 'community',
  tables: [
    personalTable('announcements', { about: 'What you wrote to all students of a course.', owner: 'author_id', adding: { course } }),
    personalTable('announcement_deliveries', {
      about: 'The announcements that were mailed to you.',
      owner: 'user_id',
      key: 'announcement_id',
      adding: { announcement: 'select title from announcements where announcements.id = row.announcement_id' },
    }),
    personalTable('posts', { about: 'What you wrote.', owner: 'author_id' }),
    personalTable('comments', { about: 'What you answered.', owner: 'author_id' }),
    personalTable('reactions', { about: 'What you liked.', owner: 'user_id' }),
    personalTable('conversations', { about: 'With whom you write.', owner: ['first_user_id', 'second_user_id'] }),
    personalTable('conversation_members', { about: 'How far you have read.', owner: 'user_id', key: 'conversation_id' }),
    personalTable('messages', { about: 'What you wrote to others, and they to you.', owner: ['sender_id', 'receiver_id'] }),
    personalTable('blog_posts', { about: 'What you wrote for the blog.', owner: 'author_id' }),
    personalTable('blog_comments', { about: 'What you wrote beneath the blog.', owner: 'author_id' }),
  ],
};
