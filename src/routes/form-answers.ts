import { type Cookies, fail } from '@sveltejs/kit';
import { AppError } from '#platform/errors.ts';
import { getRequestEvent } from '$app/server';

/** A text field as it was typed; empty when it is missing or a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** A refusal as the answer of a form: its words, the words at each field, and what was typed, so that nobody types it twice. Bugs go on. */
export function refused<Values extends Record<string, string>>(error: unknown, values: Values) {
  if (!(error instanceof AppError)) throw error;
  getRequestEvent().locals.retryAfterSeconds = error.retryAfterSeconds;
  return fail(error.status, { kind: 'refused' as const, message: error.message, fields: error.fields, values });
}

/** The machine that a request comes from, for counting attempts, for the list of sessions and for the devices that are remembered. */
export function clientOf(event: { getClientAddress(): string; request: Request }) {
  const { headers } = event.request;
  return { address: event.getClientAddress(), userAgent: headers.get('user-agent') ?? '', cookieHeader: headers.get('cookie') ?? '' };
}

/** Sets a command's cookies on the answer. */
export function setCookies(
  cookies: Cookies,
  made: readonly { name: string; value: string; options: Parameters<Cookies['set']>[2] }[],
): void {
  for (const { name, value, options } of made) cookies.set(name, value, options);
}
