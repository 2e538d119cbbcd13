import { myNotes } from '#features/learning/index.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { changeNote, deleteNote } from './note-actions.ts';

export const load: PageServerLoad = ({ locals, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  return myNotes(locals.ctx, { search: wish('search'), course: wish('course'), before: wish('before') });
};

export const actions = {
  changeNote,
  deleteNote,
} satisfies Actions;
