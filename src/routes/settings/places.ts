/** The pages of one's own settings, in the order of the list at their side. */
export const settingsPlaces = [
  {
    heading: 'You',
    places: [
      { href: '/settings/profile', label: 'Profile' },
      { href: '/settings/learning', label: 'Learning' },
      { href: '/settings/teaching', label: 'Teaching' },
    ],
  },
  {
    heading: 'The school for you',
    places: [
      { href: '/settings/preferences', label: 'Preferences' },
      { href: '/settings/notifications', label: 'Notifications' },
      { href: '/settings/calendar', label: 'Calendar' },
      { href: '/settings/membership', label: 'Membership' },
    ],
  },
  {
    heading: 'Getting in',
    places: [
      { href: '/settings/security', label: 'Password and sessions' },
      { href: '/settings/email', label: 'E-mail address' },
      { href: '/settings/two-step', label: 'Two-step sign-in' },
      { href: '/settings/passkeys', label: 'Passkeys' },
      { href: '/settings/connections', label: 'Connected accounts' },
      { href: '/settings/api-keys', label: 'API keys' },
    ],
  },
  { heading: 'Your data', places: [{ href: '/settings/privacy', label: 'Privacy' }] },
] as const;
