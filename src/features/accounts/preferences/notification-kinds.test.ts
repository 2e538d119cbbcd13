import { expect, test } from 'vitest';
import { type NotificationPreferences, wantsNotification } from './notification-kinds.ts';

const people: Record<string, NotificationPreferences> = {
  'who never chose': { isEnabled: true, choices: {} },
  'who switched everything off': { isEnabled: false, choices: { courseCompleted: { email: true }, security: { email: false } } },
  'who unticked it': { isEnabled: true, choices: { courseCompleted: { email: false }, security: { email: false } } },
};

test.each([
  ['who never chose', 'courseCompleted', true],
  ['who never chose', 'security', true],
  ['who switched everything off', 'courseCompleted', false],
  ['who switched everything off', 'security', true],
  ['who unticked it', 'courseCompleted', false],
  ['who unticked it', 'teachingAnswered', true],
  ['who unticked it', 'security', true],
] as const)('someone %s is told of %s: %s', (who, kind, expected) => {
  expect(wantsNotification(people[who]!, kind, 'email')).toBe(expected);
});
