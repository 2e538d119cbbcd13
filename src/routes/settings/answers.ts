import { fail } from '@sveltejs/kit';
import { actorOf } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { refused } from '../form-answers.ts';

/** What a form of a settings page answers once everything is kept; `form` says which of the page's forms it was. */
export function saved<Form extends string>(form: Form, message: string) {
  return { kind: 'saved' as const, form, message };
}

/** A refusal as the answer of one of the page's forms: its words, those at each field, and what was typed. Bugs go on. */
export function refusedBy<Form extends string, Values extends Record<string, string>>(form: Form, error: unknown, values: Values) {
  const { status, data } = refused(error, values);
  return fail(status, { ...data, form });
}

/** Looks anew who acts, so that the page that answers a form shows the person as they are now. */
export async function lookAgain({ locals, request }: { locals: { ctx: Context }; request: Request }): Promise<void> {
  locals.ctx = { ...locals.ctx, actor: await actorOf(request.headers, locals.ctx.now) };
}
