import { changePrivateProfile, changeProfile, changeUsername, ownProfile, setAvatar } from '#features/accounts/index.server.ts';
import { largestAvatarBytes, putAvatar, removeAvatar } from '#features/media/index.server.ts';
import { textOf } from '../../form-answers.ts';
import { lookAgain, refusedBy, saved } from '../answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ profile: await ownProfile(locals.ctx), largestAvatarBytes });

export const actions = {
  savePicture: async (event) => {
    const { ctx } = event.locals;
    const form = await event.request.formData();
    const picture = form.get('picture');
    const bytes = picture instanceof File ? new Uint8Array(await picture.arrayBuffer()) : new Uint8Array();
    const number = (name: string) => Number(textOf(form, name));
    const crop = form.has('size') ? { x: number('x'), y: number('y'), size: number('size') } : undefined;
    try {
      await putAvatar(ctx, { bytes, crop }, setAvatar);
      await lookAgain(event);
      return saved('picture', 'Your picture is saved.');
    } catch (error) {
      return refusedBy('picture', error, {});
    }
  },

  removePicture: async (event) => {
    try {
      await removeAvatar(event.locals.ctx, setAvatar);
      await lookAgain(event);
      return saved('picture', 'Your picture is removed.');
    } catch (error) {
      return refusedBy('picture', error, {});
    }
  },

  saveProfile: async (event) => {
    const form = await event.request.formData();
    const values = {
      name: textOf(form, 'name'),
      headline: textOf(form, 'headline'),
      website: textOf(form, 'website'),
      bio: textOf(form, 'bio'),
    };
    try {
      await changeProfile(event.locals.ctx, values);
      await lookAgain(event);
      return saved('profile', 'Your profile is saved.');
    } catch (error) {
      return refusedBy('profile', error, values);
    }
  },

  saveUsername: async ({ locals, request }) => {
    const values = { username: textOf(await request.formData(), 'username') };
    try {
      await changeUsername(locals.ctx, values);
      return saved('username', 'Your username is saved.');
    } catch (error) {
      return refusedBy('username', error, values);
    }
  },

  savePrivate: async ({ locals, request }) => {
    const form = await request.formData();
    const values = {
      firstName: textOf(form, 'firstName'),
      lastName: textOf(form, 'lastName'),
      phone: textOf(form, 'phone'),
      address: textOf(form, 'address'),
      dateOfBirth: textOf(form, 'dateOfBirth'),
      github: textOf(form, 'github'),
      linkedIn: textOf(form, 'linkedIn'),
      twitter: textOf(form, 'twitter'),
      bluesky: textOf(form, 'bluesky'),
      instagram: textOf(form, 'instagram'),
      youtube: textOf(form, 'youtube'),
    };
    try {
      await changePrivateProfile(locals.ctx, values);
      return saved('private', 'Your details are saved.');
    } catch (error) {
      return refusedBy('private', error, values);
    }
  },
} satisfies Actions;
