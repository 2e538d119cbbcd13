import { applyAction, type SubmitFunction } from '$app/forms';
import { page } from '$app/state';
import { readAnew } from './read-anew.ts';

interface Ways {
  /** What was typed stays in the form after the deed, too. */
  keeps?: boolean;
  /** An answer that leads back to the page does not go there: it stays as it stands, scroll and focus, and is read anew. */
  stays?: boolean;
  /** What the page still says of a refusal, where it stays: said once is enough. */
  refused?: () => unknown;
  /** After the deed, not after a refusal. */
  done?: (form: HTMLFormElement, data?: Record<string, unknown>) => void;
}

/** How a form is sent, for `use:enhance={sent.submit}`; `sent.busy` says that it is under way. */
export function sending({ keeps = false, stays = false, refused, done }: Ways = {}): { readonly busy: boolean; submit: SubmitFunction } {
  let busy = $state(false);
  return {
    get busy() {
      return busy;
    },
    submit: () => {
      busy = true;
      const { pathname } = page.url;
      return async ({ result, formElement, update }) => {
        const leadsBack = result.type === 'redirect' && new URL(result.location, location.href).pathname === pathname;
        if (stays && leadsBack) await stay(pathname, refused?.());
        else await update({ reset: !keeps, navigate: !stays });
        busy = false;
        if (result.type === 'success') done?.(formElement, result.data);
        else if (result.type === 'redirect' && (leadsBack || !stays)) done?.(formElement);
      };
    },
  };
}

async function stay(pathname: string, isRefused: unknown): Promise<void> {
  if (isRefused && page.url.pathname === pathname) await applyAction({ type: 'success', status: 200, location: location.href });
  await readAnew();
}
