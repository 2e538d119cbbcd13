/** What Mira wrote down beside her lessons, counted from the course's first. The ids are fixed, so that loading once more writes nothing twice. */
export const notesOfMira: readonly { id: string; folder: string; lesson: number; daysAgo: number; at?: string; text: string }[] = [
  {
    id: '00000000-0000-7000-8000-000000000001',
    folder: 'postgresql-for-people-who-build-things',
    lesson: 4,
    daysAgo: 25,
    text: 'Two people, one seat: it is our bug with the last ticket. Try `for update` on Monday, **before** adding a queue.',
  },
  {
    id: '00000000-0000-7000-8000-000000000002',
    folder: 'typescript-from-first-principles',
    lesson: 0,
    daysAgo: 4,
    at: '0:14',
    text: 'A union makes the set larger, so one may do *less* with it. That is why narrowing comes next.',
  },
  {
    id: '00000000-0000-7000-8000-000000000003',
    folder: 'typescript-from-first-principles',
    lesson: 2,
    daysAgo: 0,
    text: 'Optional is not the same as `undefined`. Look through the settings form for both.',
  },
];
