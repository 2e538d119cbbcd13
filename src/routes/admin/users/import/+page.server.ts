import { createHash } from 'node:crypto';
import { importPeople } from '#features/accounts/index.server.ts';
import { mayManagePeople } from '#features/accounts/policy.ts';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (!mayManagePeople(locals.ctx.actor)) throw new AppError('forbidden', 'Only admins import people.');
};

interface Upload {
  csv: Uint8Array;
  passwords: 'invite' | 'use';
  /** Tells whether what is run is what was checked. */
  mark: string;
  /** The mark of what was checked. */
  checked: string;
}

async function uploadOf(request: Request): Promise<Upload> {
  const form = await request.formData();
  const file = form.get('file');
  const csv = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const passwords = textOf(form, 'passwords') === 'use' ? 'use' : 'invite';
  const mark = createHash('sha256').update(csv).update(passwords).digest('base64url');
  return { csv, passwords, mark, checked: textOf(form, 'checked') };
}

/** Runs what was checked; anything else is checked first. */
async function answer(ctx: Context, { csv, passwords, mark, checked }: Upload, wantsRun: boolean) {
  try {
    const report = await importPeople(ctx, { csv, passwords, rehearse: !wantsRun || mark !== checked });
    return { kind: 'report' as const, report, passwords, checked: mark, isOther: wantsRun && report.isRehearsal };
  } catch (error) {
    return refused(error, { passwords });
  }
}

export const actions = {
  check: async ({ locals, request }) => answer(locals.ctx, await uploadOf(request), false),
  run: async ({ locals, request }) => answer(locals.ctx, await uploadOf(request), true),
} satisfies Actions;
