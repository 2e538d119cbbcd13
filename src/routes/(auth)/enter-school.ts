import { type Cookies, redirect } from '@sveltejs/kit';
import { setCookies } from '../form-answers.ts';
import { afterSignIn, withNext } from './after-sign-in.ts';

/** Leads someone who has just come in to where they were heading, or first to the second step. */
export function enterSchool(
  event: { cookies: Cookies; url: URL },
  answer: { kind: 'signed-in' | 'second-step'; cookies: Parameters<typeof setCookies>[1] },
): never {
  setCookies(event.cookies, answer.cookies);
  redirect(303, answer.kind === 'second-step' ? withNext('/sign-in/second-step', event.url) : afterSignIn(event.url));
}
