import { day, type Id, json, type Rows } from './row.ts';

/** What the student did in the course. */
export function learning(id: Id): Rows {
  const student = { user_id: id('student') };
  return [
    [
      'enrollments',
      { id: id('enrollment'), ...student, course_id: id('course'), enrolled_at: day(2), expires_at: day(28), last_lesson_id: id('lesson') },
    ],
    [
      'lesson_progress',
      {
        id: id('lesson progress'),
        enrollment_id: id('enrollment'),
        lesson_id: id('lesson'),
        watched_ranges: '{[0,60),[90,120)}',
        watched_seconds: 90,
        watched_percent: 15,
      },
    ],
    [
      'package_attempts',
      {
        id: id('package attempt'),
        enrollment_id: id('enrollment'),
        package_id: id('package'),
        part: 'one',
        status: 'incomplete',
        total_seconds: 40,
      },
    ],
    ['chapter_progress', { id: id('chapter progress'), enrollment_id: id('enrollment'), chapter_id: id('chapter'), progress_percent: 10 }],
    ['calendar_feeds', { id: id('calendar feed'), ...student }],
    ['learning_days', { id: id('learning day'), ...student, local_date: '2026-03-03', seconds: 90 }],
    [
      'notes',
      { id: id('note'), ...student, lesson_id: id('lesson'), enrollment_id: id('enrollment'), at_seconds: 30, text: 'Divide and conquer.' },
    ],
    [
      'certificates',
      {
        id: id('certificate'),
        enrollment_id: id('enrollment'),
        code: id('certificate').slice(0, 13).toUpperCase(),
        snapshot: json({ name: 'Ada Student' }),
      },
    ],
    ['attendances', { id: id('attendance'), ...student, live_session_id: id('live session'), joined_at: day(12), left_at: day(12, 11) }],
    [
      'quiz_attempts',
      {
        id: id('attempt'),
        ...student,
        quiz_id: id('quiz'),
        number: 1,
        state: 'GRADED',
        questions: json([{ id: id('question'), version: 1 }]),
        started_at: day(5),
        deadline_at: day(5, 11),
        submitted_at: day(5),
        score_percent: 100,
        points_earned: 1,
        points_possible: 1,
        total_questions: 1,
        correct_answers: 1,
        passed: true,
      },
    ],
    [
      'answers',
      {
        id: id('answer'),
        attempt_id: id('attempt'),
        question_id: id('question'),
        response: json(true),
        is_correct: true,
        points_earned: 1,
        graded_by_id: id('instructor'),
        graded_at: day(6),
      },
    ],
    [
      'submissions',
      {
        id: id('submission'),
        ...student,
        assignment_id: id('assignment'),
        number: 1,
        state: 'RETURNED',
        text: 'sort file',
        submitted_at: day(6),
        points: 90,
        graded_by_id: id('instructor'),
        graded_at: day(7),
        returned_at: day(7),
      },
    ],
    ['submission_files', { submission_id: id('submission'), file_id: id('file') }],
  ];
}
