/** What a student's state is called, and how it is colored. */
export const stateLabels = { learning: 'Learning', finished: 'Finished', ended: 'No access', suspended: 'Suspended' } as const;
export const stateTones = { learning: 'accent', finished: 'success', ended: 'neutral', suspended: 'danger' } as const;
export const stateOptions = Object.entries(stateLabels).map(([value, label]) => ({ value, label }));

/** Days as a list shows them, on the viewer's own calendar. */
export const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone });
