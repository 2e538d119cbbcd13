import { redirect } from '@sveltejs/kit';
import { createUser } from '#features/accounts/index.server.ts';
import { mayManagePeople } from '#features/accounts/policy.ts';
import type { Role } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (!mayManagePeople(locals.ctx.actor)) throw new AppError('forbidden', 'Only admins make accounts for others.');
};

export const actions = {
  make: async ({ locals, request }) => {
    const form = await request.formData();
    const values = { name: textOf(form, 'name'), email: textOf(form, 'email'), role: textOf(form, 'role') };
    const made = await createUser(locals.ctx, { ...values, role: values.role as Role, invite: true }).catch((error: unknown) =>
      refused(error, values),
    );
    if (!('created' in made)) return made;
    redirect(303, `/admin/users/${made.id}?done=made`);
  },
} satisfies Actions;
