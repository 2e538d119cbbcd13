import { type RequestEvent, redirect } from '@sveltejs/kit';
import {
  certificateCode,
  certificatePage,
  reissueCertificate,
  restoreCertificate,
  revokeCertificate,
} from '#features/learning/index.server.ts';
import { refused, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
  const code = certificateCode(params.code);
  if (code && code !== params.code) redirect(308, `/certificates/${code}${url.search}`);
  return certificatePage(locals.ctx, { code: params.code, edition: url.searchParams.get('edition') });
};

/** Does the deed and shows the certificate as it is then. A guest signs in first. */
function deed(work: (ctx: App.Locals['ctx'], input: { code: string; reason: string }) => Promise<void>) {
  return async ({ locals, params, request }: RequestEvent<{ code: string }>) => {
    const here = `/certificates/${params.code}`;
    if (locals.ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(here)}`);
    const reason = textOf(await request.formData(), 'reason');
    try {
      await work(locals.ctx, { code: params.code, reason });
    } catch (error) {
      return refused(error, { reason });
    }
    return redirect(303, here);
  };
}

export const actions = {
  reissue: deed(reissueCertificate),
  revoke: deed(revokeCertificate),
  restore: deed(restoreCertificate),
} satisfies Actions;
