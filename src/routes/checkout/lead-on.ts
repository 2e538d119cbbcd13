import { redirect } from '@sveltejs/kit';

/** Where a payment goes on: pages of the school are gone to at once; to a provider's a page leads on, since forms may not. */
export function leadOn({ url: here }: { url: URL }, { url, title }: { url: string; title: string }) {
  const to = new URL(url);
  if (to.origin === here.origin) redirect(303, to.pathname + to.search);
  return { kind: 'leaving' as const, url, title };
}
