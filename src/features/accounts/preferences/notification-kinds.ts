/** The ways in which the school can tell someone something. */
export type Channel = 'email';

export interface NotificationKind {
  id: string;
  label: string;
  /** When it comes, in one sentence. */
  description: string;
  channels: readonly Channel[];
  /** Comes whatever someone chose, because their account's safety depends on it. */
  isAlwaysSent?: true;
}

/** Everything the school tells people unasked. Whoever sends something new adds it here, and asks `wantsNotification` before it goes out. */
export const notificationKinds = [
  {
    id: 'security',
    label: 'Security of your account',
    description: 'A changed password or address, a link that you asked for, a way in that was added or taken away.',
    channels: ['email'],
    isAlwaysSent: true,
  },
  {
    id: 'teachingAnswered',
    label: 'Your application to teach',
    description: 'When the school has answered it.',
    channels: ['email'],
  },
  {
    id: 'courseCompleted',
    label: 'A course completed',
    description: 'When you have finished the last lesson of a course.',
    channels: ['email'],
  },
  {
    id: 'accessEnding',
    label: 'Access that ends',
    description: 'A week before your access to a course ends.',
    channels: ['email'],
  },
  {
    id: 'announcement',
    label: 'Announcements',
    description: 'When an instructor writes to everybody in a course of yours.',
    channels: ['email'],
  },
] as const satisfies readonly NotificationKind[];

export type NotificationKindId = (typeof notificationKinds)[number]['id'];

/** What someone chose; a kind or channel that is not named is wanted. */
export interface NotificationPreferences {
  /** The master switch. */
  isEnabled: boolean;
  choices: Partial<Record<string, Partial<Record<Channel, boolean>>>>;
}

/** Whether someone with these preferences wants to be told of this, in this way. */
export function wantsNotification(preferences: NotificationPreferences, kind: NotificationKindId, channel: Channel): boolean {
  const declared: NotificationKind | undefined = notificationKinds.find(({ id }) => id === kind);
  if (!declared?.channels.includes(channel)) return false;
  if (declared.isAlwaysSent) return true;
  return preferences.isEnabled && preferences.choices[kind]?.[channel] !== false;
}
