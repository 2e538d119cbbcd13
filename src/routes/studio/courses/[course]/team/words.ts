/** What somebody is in a team. */
export const roleLabels = { CO_INSTRUCTOR: 'Co-instructor', ASSISTANT: 'Assistant' } as const;
export const roleOptions = Object.entries(roleLabels).map(([value, label]) => ({ value, label }));
