// biome-ignore lint/style/noRestrictedImports: What it leaves out is put in here.
import { enhance as enhanceForm, type SubmitFunction } from '$app/forms';
import { navigating, page } from '$app/state';
import { readAnew } from './read-anew.ts';

/**
 * The framework's `enhance`, by which every form is sent, but an answer that comes late never leads back somebody who has followed a link
 * meanwhile: where they are, only what it changed is read anew.
 */
export function enhance(form: HTMLFormElement, submit?: SubmitFunction): ReturnType<typeof enhanceForm> {
  return enhanceForm(form, async (sent) => {
    const { href, pathname } = page.url;
    const answered = await submit?.(sent);
    return async (answer) => {
      const update: typeof answer.update = (options) => {
        if (navigating.to || page.url.pathname !== pathname) return readAnew();
        return answer.update(page.url.href === href ? options : { ...options, navigate: false });
      };
      await (answered ? answered({ ...answer, update }) : update());
    };
  });
}
