import { localPath } from '#platform/http/local-path.ts';

/** As much of a page's address as is asked. */
interface Address {
  searchParams: { get(name: string): string | null };
}

/** Where someone goes once they are signed in: where they were heading, or their dashboard. */
export function afterSignIn(url: Address): string {
  return localPath(url.searchParams.get('next')) ?? '/dashboard';
}

/** The way they were heading, kept in a link or a form's address. */
export function withNext(path: string, url: Address): string {
  const next = localPath(url.searchParams.get('next'));
  return next ? `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}` : path;
}
