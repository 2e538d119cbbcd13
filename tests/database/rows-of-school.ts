import { day, type Id, json, type Rows } from './row.ts';

/** A student and their instructor, and what is about them. */
export function people(number: number, id: Id): Rows {
  const student = { user_id: id('student') };
  return [
    ['users', { id: id('student'), name: 'Ada Student', email: `ada${number}@school.test`, username: `ada${number}` }],
    [
      'users',
      { id: id('instructor'), name: 'Grace Teacher', email: `grace${number}@school.test`, username: `grace${number}`, role: 'INSTRUCTOR' },
    ],
    ['sessions', { id: id('session'), ...student, token: `token-${number}`, expires_at: day(20) }],
    ['accounts', { id: id('account'), ...student, provider_id: 'credential', account_id: id('student'), password: 'scrypt:hash' }],
    ['verifications', { id: id('verification'), identifier: `ada${number}@school.test`, value: 'secret', expires_at: day(20) }],
    ['two_factors', { id: id('two factor'), ...student, secret: `secret-${number}`, backup_codes: 'encrypted' }],
    [
      'passkeys',
      {
        id: id('passkey'),
        ...student,
        public_key: 'key',
        credential_id: `credential-${number}`,
        counter: 0,
        device_type: 'singleDevice',
        backed_up: false,
      },
    ],
    ['api_keys', { id: id('api key'), ...student, key: `hash-${number}` }],
    ['user_profiles', { id: id('profile'), ...student, first_name: 'Ada', date_of_birth: '1990-12-10' }],
    ['user_preferences', { id: id('preferences'), ...student, currency: 'EUR' }],
    [
      'instructor_profiles',
      { id: id('instructor profile'), user_id: id('instructor'), years_of_experience: 7, website: 'https://grace.test' },
    ],
    ['student_profiles', { id: id('student profile'), ...student, weekly_goal_minutes: 90 }],
    [
      'teaching_applications',
      {
        id: id('application'),
        ...student,
        message: 'I would teach sorting.',
        state: 'REFUSED',
        decided_by_id: id('instructor'),
        decided_at: day(4),
        answer: 'Not yet.',
      },
    ],
    ['data_exports', { id: id('export'), ...student, state: 'READY', key: `export-${number}`, size_bytes: 9000, expires_at: day(20) }],
    ['uploads', { id: id('upload'), owner_id: id('student'), purpose: 'RESOURCE', name: 'notes.pdf', size_bytes: 900 }],
    // Grows with the file of the course.
    ['storage_use', { owner_id: id('instructor'), size_bytes: 0 }],
    [
      'audit_log',
      {
        id: id('audit'),
        actor_id: id('student'),
        action: 'user.closed',
        subject_type: 'user',
        subject_id: id('student'),
        before: json({ open: true }),
        ip_address: '192.0.2.7',
        at: day(3),
      },
    ],
  ];
}

/** A course of the instructor, with everything in it. */
export function teaching(number: number, id: Id): Rows {
  const file = {
    owner_id: id('instructor'),
    name: 'picture.png',
    content_type: 'image/png',
    size_bytes: 1200,
    sha256: 'a'.repeat(64),
    state: 'READY',
  };
  return [
    ['files', { id: id('file'), key: `key-${number}`, ...file, width: 640, height: 360 }],
    [
      'videos',
      { id: id('video'), provider: 'FILE', file_id: id('file'), duration_seconds: 600, width: 1920, height: 1080, state: 'READY' },
    ],
    ['ladders', { file_id: id('file'), state: 'DONE', percent: 100 }],
    [
      'rungs',
      {
        id: id('rung'),
        file_id: id('file'),
        key: `rung-${number}`,
        width: 640,
        height: 360,
        codecs: 'avc1.64001e,mp4a.40.2',
        peak_bits_per_second: 900_000,
        average_bits_per_second: 600_000,
        size_bytes: 45_000_000,
        head_bytes: 1300,
        pieces: JSON.stringify([[4000, 300_000]]),
      },
    ],
    ['captions', { id: id('caption'), video_id: id('video'), file_id: id('file'), language: 'en', label: 'English' }],
    ['categories', { id: id('category'), name: `Programming ${number}`, slug: `programming-${number}`, color: '#336699' }],
    [
      'courses',
      {
        id: id('course'),
        title: 'Algorithms',
        slug: `algorithms-${number}`,
        instructor_id: id('instructor'),
        status: 'PUBLISHED',
        published_at: day(1),
        import_key: 'algorithms',
        image_file_id: id('file'),
        preview_video_id: id('video'),
      },
    ],
    ['courses', { id: id('basics'), title: 'Basics', slug: `basics-${number}`, instructor_id: id('instructor') }],
    [
      'imports',
      {
        id: id('import'),
        owner_id: id('instructor'),
        file_id: id('file'),
        name: `algorithms-${number}.zip`,
        format: 'Markdown',
        state: 'DONE',
        percent: 100,
        report: json({ outcome: 'updated' }),
        course_id: id('course'),
        before: json({ lessons: [] }),
        after_hash: 'b'.repeat(64),
        finished_at: day(2),
      },
    ],
    ['course_instructors', { course_id: id('basics'), user_id: id('instructor'), revenue_share_basis_points: 2500 }],
    [
      'course_invitations',
      { id: id('course invitation'), course_id: id('basics'), user_id: id('student'), role: 'ASSISTANT', invited_by_id: id('instructor') },
    ],
    ['course_addresses', { slug: `algorithms-before-${number}`, course_id: id('course') }],
    ['course_categories', { course_id: id('course'), category_id: id('category'), is_main: true }],
    [
      'course_facets',
      {
        id: id('facet'),
        category_id: id('category'),
        level: 'EXPERT',
        language: 'en',
        price: 1,
        length: 1,
        rating: 5,
        course_count: 0,
      },
    ],
    ['course_words', { id: id('word'), word: `word${number}` }],
    ['course_prerequisites', { course_id: id('course'), prerequisite_id: id('basics') }],
    [
      'chapters',
      { id: id('chapter'), course_id: id('course'), title: 'Sorting', position: 1, release_after_days: 3, video_id: id('video') },
    ],
    [
      'lessons',
      {
        id: id('lesson'),
        course_id: id('course'),
        chapter_id: id('chapter'),
        title: 'Merge sort',
        slug: 'merge-sort',
        position: 1,
        video_id: id('video'),
        image_file_id: id('file'),
      },
    ],
    [
      'lessons',
      { id: id('second lesson'), course_id: id('course'), chapter_id: id('chapter'), title: 'Quick sort', slug: 'quick-sort', position: 2 },
    ],
    [
      'lesson_versions',
      {
        id: id('lesson version'),
        lesson_id: id('lesson'),
        author_id: id('instructor'),
        title: 'Merge sort',
        content: 'Halve, sort, merge.',
      },
    ],
    [
      'removals',
      {
        id: id('removal'),
        course_id: id('course'),
        lesson_id: id('second lesson'),
        was_published: true,
        was_visibility: 'PREVIEW',
        was_position: 1,
      },
    ],
    [
      'resources',
      { id: id('resource'), lesson_id: id('lesson'), title: 'Slides', type: 'PDF', file_id: id('file'), size_bytes: 1200, position: 1 },
    ],
    [
      'packages',
      {
        id: id('package'),
        lesson_id: id('lesson'),
        identifier: 'sorting',
        manifest_version: '1',
        title: 'Sorting by hand',
        parts: json([{ id: 'one', title: 'One', href: 'one.html' }]),
        sha256: 'c'.repeat(64),
        file_count: 1,
        size_bytes: 12,
      },
    ],
    [
      'package_files',
      { lesson_id: id('lesson'), path: 'one.html', key: `packages/cc/${'c'.repeat(62)}`, content_type: 'text/html', size_bytes: 12 },
    ],
    [
      'live_sessions',
      {
        id: id('live session'),
        lesson_id: id('lesson'),
        starts_at: day(12),
        duration_minutes: 45,
        join_url: 'https://meet.test/1',
        recording_video_id: id('video'),
      },
    ],
    ['reviews', { id: id('review'), course_id: id('course'), user_id: id('student'), rating: 5, text: 'Clear.' }],
    [
      'quizzes',
      {
        id: id('quiz'),
        lesson_id: id('lesson'),
        title: 'Sorting quiz',
        time_limit_minutes: 20,
        max_attempts: 3,
        open_at: day(2),
        close_at: day(20),
      },
    ],
    ['question_banks', { id: id('bank'), owner_id: id('instructor'), course_id: id('course'), name: 'Sorting' }],
    [
      'questions',
      { id: id('question'), quiz_id: id('quiz'), type: 'TRUE_FALSE', text: 'Merge sort is stable.', payload: json({ correct: true }) },
    ],
    ['quiz_questions', { id: id('quiz question'), quiz_id: id('quiz'), position: 1, question_id: id('question') }],
    [
      'quiz_questions',
      { id: id('drawn question'), quiz_id: id('quiz'), position: 2, bank_id: id('bank'), draw_count: 2, draw_tag: 'easy' },
    ],
    [
      'assignments',
      {
        id: id('assignment'),
        lesson_id: id('lesson'),
        title: 'Sort a file',
        instructions: 'Sort it.',
        max_submissions: 2,
        due_at: day(15),
      },
    ],
  ];
}

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
