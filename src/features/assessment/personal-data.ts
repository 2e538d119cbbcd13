import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';

const ofMyAttempt = 'exists (select from quiz_attempts a where a.id = row.attempt_id and a.user_id = $1::uuid)';
const ofMySubmission = 'exists (select from submissions s where s.id = row.submission_id and s.user_id = $1::uuid)';

/** What assessment keeps of a person: what they were asked, answered and handed in, and the questions that they keep. */
export const assessmentPersonalData: PersonalData = {
  feature: 'assessment',
  tables: [
    personalTable('quiz_attempts', { about: 'Your tries at quizzes.', owner: 'user_id', without: ['questions'] }),
    personalTable('answers', { about: 'What you answered.', where: ofMyAttempt, without: ['graded_by_id'] }),
    personalTable('submissions', { about: 'What you handed in, and what you got back.', owner: 'user_id', without: ['graded_by_id'] }),
    personalTable('submission_files', { about: 'The files you handed in.', where: ofMySubmission, key: 'file_id' }),
    personalTable('question_banks', { about: 'The collections of questions that you keep.', owner: 'owner_id' }),
  ],
  leftOut: {
    'answers.graded_by_id': 'The answer is of the person who gave it.',
    'submissions.graded_by_id': 'The work is of the person who handed it in.',
    questions: 'They belong to the courses that ask them.',
    quiz_questions: 'Which question stands where in a quiz: it belongs to the course.',
  },
};
