import { day, type Id, json, type Rows } from './row.ts';

/** What the two say. */
export function talking(number: number, id: Id): Rows {
  const byStudent = { author_id: id('student') };
  const [first, second] = [id('student'), id('instructor')].sort();
  return [
    ['spaces', { id: id('space'), course_id: id('course'), name: 'Questions', slug: `questions-${number}`, position: 1 }],
    ['posts', { id: id('post'), ...byStudent, space_id: id('space'), title: 'Why n log n?', content: 'I wonder.' }],
    ['comments', { id: id('comment'), ...byStudent, post_id: id('post'), content: 'Because.' }],
    ['comments', { id: id('reply'), ...byStudent, post_id: id('post'), parent_id: id('comment'), content: 'Thanks.' }],
    ['reactions', { id: id('reaction'), user_id: id('student'), post_id: id('post'), kind: 'heart' }],
    ['conversations', { id: id('conversation'), first_user_id: first, second_user_id: second }],
    ['conversation_members', { conversation_id: id('conversation'), user_id: id('student') }],
    [
      'messages',
      { id: id('message'), conversation_id: id('conversation'), sender_id: id('student'), receiver_id: id('instructor'), content: 'Hello' },
    ],
    [
      'blog_posts',
      {
        id: id('article'),
        author_id: id('instructor'),
        title: 'Spring',
        slug: `spring-${number}`,
        status: 'PUBLISHED',
        published_at: day(1),
        cover_file_id: id('file'),
      },
    ],
    ['blog_comments', { id: id('blog comment'), ...byStudent, post_id: id('article'), content: 'Nice.' }],
    [
      'announcements',
      { id: id('announcement'), author_id: id('instructor'), course_id: id('course'), title: 'Hello', content: 'Welcome.' },
    ],
    ['announcement_deliveries', { announcement_id: id('announcement'), user_id: id('student') }],
    [
      'reports',
      {
        id: id('report'),
        reporter_id: id('student'),
        subject_type: 'POST',
        subject_id: id('post'),
        reason: 'Spam',
        status: 'RESOLVED',
        resolved_by_id: id('instructor'),
        resolved_at: day(4),
      },
    ],
  ];
}

/** Training, points, messages out, events. */
export function theRest(number: number, id: Id): Rows {
  const student = { user_id: id('student') };
  return [
    ['fitness_profiles', { id: id('fitness'), ...student, weight_kg: 61.5, height_cm: 170, resting_heart_rate: 58 }],
    ['measurements', { id: id('measurement'), ...student, kind: 'WEIGHT', value: 61.5, unit: 'kg', taken_at: day(3) }],
    ['exercises', { id: id('exercise'), owner_id: id('student'), name: 'Squat' }],
    ['programs', { id: id('program'), course_id: id('course'), title: 'Twelve weeks' }],
    ['program_days', { id: id('program day'), program_id: id('program'), position: 1, title: 'Legs', lesson_id: id('lesson') }],
    [
      'device_connections',
      {
        id: id('device'),
        ...student,
        provider: 'strava',
        external_user_id: `athlete-${number}`,
        access_token_encrypted: Buffer.from('sealed'),
      },
    ],
    [
      'workouts',
      {
        id: id('workout'),
        ...student,
        kind: 'RUN',
        started_at: day(3),
        duration_seconds: 1800,
        distance_meters: 5000,
        elevation_gain_meters: 40,
        calories: 300,
        average_heart_rate: 150,
        source: 'DEVICE',
        source_id: 'activity-1',
        file_id: id('file'),
        device_connection_id: id('device'),
        program_day_id: id('program day'),
      },
    ],
    ['workout_samples', { workout_id: id('workout'), channel: 'HEART_RATE', values: [120, 140, 150] }],
    [
      'workout_sets',
      {
        id: id('set'),
        workout_id: id('workout'),
        exercise_id: id('exercise'),
        position: 1,
        reps: 8,
        weight_kg: 60,
        duration_seconds: 40,
        rpe: 7.5,
      },
    ],
    ['point_events', { id: id('points'), ...student, reason: 'lesson.completed', subject: id('lesson'), points: 10 }],
    ['badges', { id: id('badge'), key: `first-lesson-${number}`, name: 'First lesson', description: 'You began.', icon: 'sprout' }],
    ['user_badges', { id: id('user badge'), ...student, badge_id: id('badge') }],
    ['streak_freezes', { id: id('freeze'), ...student, used_on: '2026-03-04' }],
    [
      'notifications',
      {
        id: id('notification'),
        ...student,
        kind: 'review.reply',
        subject_type: 'review',
        subject_id: id('review'),
        actor_id: id('instructor'),
      },
    ],
    ['push_subscriptions', { id: id('push'), ...student, endpoint: `https://push.test/${number}`, p256dh: 'key', auth: 'auth' }],
    [
      'email_messages',
      {
        id: id('mail'),
        ...student,
        kind: 'accounts.welcome',
        recipient: `ada${number}@school.test`,
        subject: 'Welcome',
        text: 'Hello',
        html: '<p>Hello</p>',
        state: 'SENT',
        sent_at: day(2),
      },
    ],
    [
      'webhook_endpoints',
      { id: id('endpoint'), owner_id: id('student'), url: 'https://hooks.test/1', secret_encrypted: Buffer.from('sealed') },
    ],
    [
      'webhook_deliveries',
      {
        id: id('delivery'),
        endpoint_id: id('endpoint'),
        event_id: id('event'),
        event: 'order.completed',
        payload: json({}),
        state: 'DELIVERED',
        response_status: 200,
        delivered_at: day(3),
      },
    ],
    [
      'analytics_events',
      {
        id: id('analytics event'),
        ...student,
        session_id: `session-${number}`,
        event: 'page.view',
        ip_address: '192.0.2.0',
        created_at: day(3),
      },
    ],
    ['course_analytics', { id: id('course day'), course_id: id('course'), date: '2026-03-03', views: 3 }],
    ['platform_analytics', { id: id('platform day'), date: `2026-03-0${number}`, visitors: 3 }],
    ['rate_limits', { key: `sign-in:${number}`, points: 1, expire: 1 }],
  ];
}
