// biome-ignore lint/style/noRestrictedImports: What it leaves out is put in here.
import { type ActionResult, enhance as enhanceForm, type SubmitFunction } from '$app/forms';
import { navigating, page } from '$app/state';
import { readAnew } from './read-anew.ts';
import { showToast } from './toasts.svelte.ts';

/** What is answered where the session of whoever wrote something had ended. */
const signedOut = 'You were signed out meanwhile. Sign in again in another tab, and send this once more.';

/**
 * The framework's `enhance`, by which every form is sent, but an answer that comes late never leads back somebody who has followed a link
 * meanwhile: where they are, only what it changed is read anew. And who is sent to sign in again keeps what they have typed: a failure of status 401 is said over the page.
 */
export function enhance(form: HTMLFormElement, submit?: SubmitFunction): ReturnType<typeof enhanceForm> {
  return enhanceForm(form, async (sent) => {
    const { href, pathname } = page.url;
    const answered = await submit?.(sent);
    return async (answer) => {
      const wouldLose = leadsToSignIn(answer.result) && hasFields(answer.formElement);
      const update: typeof answer.update = async (options) => {
        if (wouldLose) return showToast({ message: signedOut, tone: 'danger' });
        if (navigating.to || page.url.pathname !== pathname) return readAnew();
        return answer.update(page.url.href === href ? options : { ...options, navigate: false });
      };
      const refusal = { type: 'failure', status: 401, data: { message: signedOut }, location: href } as const;
      await (answered ? answered({ ...answer, ...(wouldLose && { result: refusal }), update }) : update());
    };
  });
}

/** Whether somebody who was signed in when the page was made has to sign in again before they may do this. */
function leadsToSignIn(result: ActionResult): boolean {
  return result.type === 'redirect' && result.location.startsWith('/sign-in?next=') && Boolean(page.data.viewer);
}

const hasFields = (form: HTMLFormElement) => form.querySelector('input:not([type=hidden]), textarea, select') !== null;
