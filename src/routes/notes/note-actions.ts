import { type RequestEvent, redirect } from '@sveltejs/kit';
import { changeNote as change, deleteNote as remove } from '#features/learning/index.server.ts';
import { refused, textOf } from '../form-answers.ts';

/** As much of a request as a note needs, on whatever page. */
type NoteEvent = Pick<RequestEvent, 'locals' | 'request' | 'url'>;

/** What a form about a note says; `form` is its name on the page. */
export async function typedNote(request: Request) {
  const form = await request.formData();
  return { form: textOf(form, 'form'), id: textOf(form, 'id'), at: textOf(form, 'at'), text: textOf(form, 'text') };
}

/** The page that a form stands on, without the name of its action, at a place in it. */
export function backTo(url: URL, place: string): string {
  const wishes = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
  return `${url.pathname}${wishes.size > 0 ? `?${wishes}` : ''}#${place}`;
}

/** The form action that writes a note anew, on whatever page shows it. */
export async function changeNote({ locals, request, url }: NoteEvent) {
  const values = await typedNote(request);
  try {
    await change(locals.ctx, values);
  } catch (error) {
    return refused(error, values);
  }
  redirect(303, backTo(url, `note-${values.id}`));
}

/** The form action that deletes a note, on whatever page shows it. */
export async function deleteNote({ locals, request, url }: NoteEvent) {
  const { id } = await typedNote(request);
  await remove(locals.ctx, { id });
  redirect(303, backTo(url, 'notes'));
}
