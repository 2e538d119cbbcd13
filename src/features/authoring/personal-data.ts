import { type PersonalData, personalTable } from '#platform/personal-data.server.ts';

/** What authoring keeps of a person: the packages that they imported and what became of them. */
export const authoringPersonalData: PersonalData = {
  feature: 'authoring',
  tables: [personalTable('imports', { about: 'The packages you imported.', owner: 'owner_id', without: ['before', 'after_hash'] })],
};
