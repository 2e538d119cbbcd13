/** What a key may be used for, each with the words of the form. Whatever the API learns to do gets its scope here. */
export const apiScopes = {
  'profile:read': { label: 'Read your profile', hint: 'Your name, username and role.' },
  'email:read': { label: 'Read your e-mail address', hint: 'Together with your profile.' },
} as const;

export type ApiScope = keyof typeof apiScopes;

export const apiScopeNames = Object.keys(apiScopes) as ApiScope[];
