import { navigating } from '$app/state';

/** Long enough for the next letter. */
const pauseMilliseconds = 250;

/**
 * For `<form {@attach sendAsYouGo}>`: a form that asks for an address sends itself as one types and chooses, also what was typed or chosen before the scripts came.
 * A search as it is typed is one step of the way back, a choice is a step of its own. What was not chosen stays out of the address.
 */
export function sendAsYouGo(form: HTMLFormElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);

  function send(isNewStep: boolean) {
    form.toggleAttribute('data-sveltekit-replacestate', !isNewStep);
    form.requestSubmit();
    form.removeAttribute('data-sveltekit-replacestate');
  }

  const typed = ({ target }: Event) => {
    if (!belongs(target, form) || !isText(target)) return;
    stop();
    timer = setTimeout(() => hasGoneOn() || send(false), pauseMilliseconds);
  };
  const chosen = ({ target }: Event) => {
    if (belongs(target, form) && !isText(target)) send(true);
  };

  form.addEventListener('submit', stop);
  form.addEventListener('formdata', leaveEmptyOut);
  // A control may stand outside of its form.
  document.addEventListener('input', typed);
  document.addEventListener('change', chosen);
  // A moment later: before the framework takes forms over, the browser would load the page anew.
  if (differsFromAddress(form)) timer = setTimeout(() => send(false));
  return () => {
    stop();
    form.removeEventListener('submit', stop);
    form.removeEventListener('formdata', leaveEmptyOut);
    document.removeEventListener('input', typed);
    document.removeEventListener('change', chosen);
  };
}

/** Whoever has followed a link right after the last letter is not called back. */
const hasGoneOn = () => navigating.to !== null && navigating.type !== 'form';

type Control = HTMLInputElement | HTMLSelectElement;

const belongs = (target: EventTarget | null, form: HTMLFormElement): target is Control =>
  (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) && target.form === form;

const isText = (control: Control) => ['search', 'text'].includes(control.type);

function leaveEmptyOut({ formData }: FormDataEvent) {
  for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
}

function differsFromAddress(form: HTMLFormElement): boolean {
  const names = new Set([...form.elements].map((control) => (control as Control).name));
  const asked = [...new URLSearchParams(location.search)].filter(([name, value]) => names.has(name) && value !== '');
  const said = [...new FormData(form)] as [string, string][];
  const inOrder = (pairs: [string, string][]) =>
    pairs
      .map((pair) => new URLSearchParams([pair]).toString())
      .sort()
      .join('&');
  return inOrder(asked) !== inOrder(said);
}
