import { deserialize } from '$app/forms';
import { refreshAll } from '$app/navigation';
import { failed, nothingToSave, saved, saving } from '../save-state.svelte.ts';

type Answer = ReturnType<typeof deserialize>;

/** One after the other, in the order in which they were done. */
let last: Promise<unknown> = Promise.resolve();

const unreachable = 'Not saved: the school could not be reached. Try again.';

/** Sends a form of the outline and shows what came of it. Gives the answer; undefined when there is none. */
export function send(action: string, body: FormData): Promise<Answer | undefined> {
  saving();
  const sent = last.then(() => post(action, body));
  last = sent;
  return sent;
}

async function post(action: string, body: FormData): Promise<Answer | undefined> {
  let result: Answer;
  try {
    const response = await fetch(action, { method: 'POST', headers: { accept: 'application/json', 'x-sveltekit-action': 'true' }, body });
    result = deserialize(await response.text());
  } catch {
    failed(unreachable);
    return undefined;
  }
  if (result.type === 'error') failed('Not saved: something went wrong on our side. Try again.');
  // What was refused is said where it was asked for, and nothing of it waits to be kept.
  else if (result.type === 'failure') nothingToSave();
  else saved(new Date());
  await refreshAll();
  return result;
}
