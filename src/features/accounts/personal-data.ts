import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';

/** What accounts keeps of a person. Nothing by which one gets in is ever handed out. */
export const accountPersonalData: PersonalData = {
  feature: 'accounts',
  tables: [
    personalTable('users', {
      about: 'Who you are here: name, e-mail address, role and what your profile says.',
      owner: 'id',
      without: ['image_key'],
    }),
    personalTable('user_profiles', { about: 'What you told the school in private.', owner: 'user_id' }),
    personalTable('user_preferences', { about: 'How you want the school to look and to speak to you.', owner: 'user_id' }),
    personalTable('student_profiles', { about: 'Your goals as a learner, and totals of what you reached.', owner: 'user_id' }),
    personalTable('instructor_profiles', { about: 'Your public face as someone who teaches.', owner: 'user_id' }),
    personalTable('teaching_applications', {
      about: 'Your applications to teach, and how they were answered.',
      owner: 'user_id',
      without: ['decided_by_id'],
    }),
    personalTable('sessions', {
      about: 'Browsers that are signed in as you.',
      owner: 'user_id',
      without: ['token', 'impersonated_by'],
    }),
    personalTable('accounts', {
      about: 'The ways you sign in: a password, or an account elsewhere.',
      owner: 'user_id',
      without: ['password', 'access_token', 'refresh_token', 'id_token'],
    }),
    personalTable('two_factors', {
      about: 'Whether a second step guards your account.',
      owner: 'user_id',
      without: ['secret', 'backup_codes'],
    }),
    personalTable('passkeys', { about: 'Your passkeys.', owner: 'user_id', without: ['public_key', 'credential_id'] }),
    personalTable('api_keys', { about: 'Your API keys, without the keys.', owner: 'user_id', without: ['key'] }),
    personalTable('data_exports', { about: 'When you asked for your data.', owner: 'user_id', without: ['key'] }),
    personalTable('audit_log', {
      about: 'What the school wrote down of your own deeds, to keep accounts safe.',
      owner: 'actor_id',
      without: ['hash', 'previous_hash'],
    }),
    personalTable('reports', { about: 'What you asked the moderators to look at.', owner: 'reporter_id', without: ['resolved_by_id'] }),
  ],
  leftOut: {
    'reports.resolved_by_id': 'The report is of the person who made it.',
    verifications: 'Mailed links that wait to be used: hashed, and gone within a day.',
    'sessions.impersonated_by': 'The session is of the person whom the admin helps; the deed is in the admin’s own audit lines.',
    'teaching_applications.decided_by_id': 'The application is of the person who asked; the decision is in the admin’s own audit lines.',
  },
};
