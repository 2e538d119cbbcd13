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
