import { STATUS_CODES } from 'node:http';
import { json } from '@sveltejs/kit';
import { AppError } from '#platform/errors.ts';

/** Answers with JSON; a refusal becomes problem details as RFC 9457 has them. Bugs go on. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    return json(await work());
  } catch (error) {
    if (error instanceof AppError) return problem(error);
    throw error;
  }
}

function problem({ status, message, fields, retryAfterSeconds }: AppError): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  const errors = Object.keys(fields).length > 0 ? fields : undefined;
  return new Response(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail: message, errors }), {
    status,
    headers,
  });
}
