import { deserialize } from '$app/forms';
import { signedOut } from '../save-state.svelte.ts';
import type { Answer } from './text-keeper.svelte.ts';

/** Sends a text to the page of its lesson, and says in plain words what became of it. */
export async function sendText(address: string, content: string, basedOn: string): Promise<Answer> {
  const body = new FormData();
  body.set('content', content);
  body.set('basedOn', basedOn);
  let result: ReturnType<typeof deserialize>;
  try {
    const response = await fetch(`${address}?/saveText`, { method: 'POST', body, headers: { 'x-sveltekit-action': 'true' } });
    result = deserialize(await response.text());
  } catch {
    return { kind: 'failed', message: 'Not saved: the school cannot be reached. It is tried again.', again: true };
  }
  if (result.type === 'success') return result.data?.outcome as Answer;
  if (result.type === 'redirect') return { kind: 'failed', message: signedOut, again: true };
  const message = result.type === 'failure' ? String(result.data?.message ?? '') : 'Something went wrong.';
  return { kind: 'failed', message: `Not saved: ${message}`, again: result.type === 'error' };
}
