import { fail, redirect } from '@sveltejs/kit';
import { addPrerequisite, changeAddress, detailsPage, removePrerequisite, saveDetails, setCover } from '#features/catalogue/index.server.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';
import { detailsIn, inWords } from './forms.ts';

export const load: PageServerLoad = ({ locals, params, url }) =>
  detailsPage(locals.ctx, { slug: params.course, find: url.searchParams.get('find') });

export const actions = {
  save: async ({ locals, params, request }) => {
    const form = await request.formData();
    const section = textOf(form, 'section');
    const { values, seen } = detailsIn(form);
    try {
      const answer = await saveDetails(locals.ctx, { slug: params.course, values, seen });
      if (answer.kind === 'saved') return { kind: 'saved' as const, section, marks: answer.marks };
      const theirs = Object.fromEntries(Object.entries(answer.theirs).map(([name, value]) => [name, inWords(value)]));
      return fail(409, { kind: 'conflict' as const, section, theirs, marks: answer.marks, values });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, section, values });
    }
  },
  setCover: async ({ locals, params, request }) => {
    const form = await request.formData();
    try {
      await setCover(locals.ctx, { slug: params.course, fileId: textOf(form, 'imageFileId') });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, section: 'cover', values: {} });
    }
    redirect(303, `/studio/courses/${params.course}/details#cover`);
  },
  removeCover: async ({ locals, params }) => {
    await setCover(locals.ctx, { slug: params.course, fileId: null });
    redirect(303, `/studio/courses/${params.course}/details#cover`);
  },
  addPrerequisite: async ({ locals, params, request }) => {
    const form = await request.formData();
    try {
      await addPrerequisite(locals.ctx, { slug: params.course, required: textOf(form, 'required') });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, section: 'before', values: {} });
    }
    redirect(303, `/studio/courses/${params.course}/details#before`);
  },
  removePrerequisite: async ({ locals, params, request }) => {
    await removePrerequisite(locals.ctx, { slug: params.course, required: textOf(await request.formData(), 'required') });
    redirect(303, `/studio/courses/${params.course}/details#before`);
  },
  changeAddress: async ({ locals, params, request }) => {
    const values = { address: textOf(await request.formData(), 'address') };
    let slug: string;
    try {
      ({ slug } = await changeAddress(locals.ctx, { slug: params.course, ...values }));
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, section: 'address', values });
    }
    redirect(303, `/studio/courses/${slug}/details#address`);
  },
} satisfies Actions;
