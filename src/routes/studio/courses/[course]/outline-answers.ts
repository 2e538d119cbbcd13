import { studioCourse } from '#features/authoring/index.server.ts';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseId, isId } from '#platform/ids.ts';
import { refused, textOf } from '../../../form-answers.ts';

/** What was done, in a few words, and the form that takes it back. */
export interface Done {
  done?: string;
  undo?: { action: string; fields: Record<string, string | null> };
}

/** Does what a form of the outline asks for, and answers with what was done or why not; what was typed comes back. */
export async function answered<Form extends string>(request: Request, name: Form, work: (form: FormData) => Promise<Done>) {
  const form = await request.formData();
  try {
    return { kind: 'done' as const, form: name, ...(await work(form)) };
  } catch (error) {
    const typed = Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
    return refused(error, { ...typed, form: name } as Record<string, string>);
  }
}

/** The course that the address names, for who may change it; to others it is not there. */
export async function courseToEdit(ctx: Context, slug: string): Promise<CourseId> {
  const course = await studioCourse(ctx, slug);
  if (!course.mayEdit) throw new AppError('not-found', 'There is no such course among yours.');
  return course.id;
}

/** An id that a form names; what is none is nothing that could be there. */
export function idIn<Id extends string>(form: FormData, name: string): Id {
  const id = textOf(form, name);
  if (!isId(id)) throw new AppError('not-found', 'It is not there any more.');
  return id as Id;
}

/** Between what something is moved: an empty name is an end, a name left out says nothing. */
export function neighborsIn(form: FormData): { afterId?: string | null; beforeId?: string | null } {
  const neighbor = (name: string) => (form.has(name) ? textOf(form, name) || null : undefined);
  return { afterId: neighbor('afterId'), beforeId: neighbor('beforeId') };
}

/** What the pressed button of the bar, or the menu of a lesson, asks for: `published=yes`, `visibility=PREVIEW`, `isRequired=no`. */
export function choiceOf(form: FormData): { published?: boolean; isRequired?: boolean; visibility?: 'PUBLIC' | 'PRIVATE' | 'PREVIEW' } {
  const yesOrNo = (name: string) => (form.has(name) ? textOf(form, name) === 'yes' : undefined);
  const visibility = (['PUBLIC', 'PRIVATE', 'PREVIEW'] as const).find((wish) => wish === textOf(form, 'visibility'));
  return { published: yesOrNo('published'), isRequired: yesOrNo('isRequired'), visibility };
}
