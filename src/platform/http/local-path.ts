/**
 * A path of this school that it is safe to redirect to, or undefined: no other host, however it is spelled (`//host`, `/\host`, a scheme,
 * control characters that browsers drop). Source: OWASP ASVS 5.0, 3.7 (redirects).
 */
export function localPath(value: string | null | undefined): string | undefined {
  if (!value?.startsWith('/') || value.startsWith('//') || value.includes('\\') || /\p{Cc}/u.test(value)) return undefined;
  const base = 'http://school.invalid';
  if (!URL.canParse(value, base)) return undefined;
  const url = new URL(value, base);
  // `/.//host` is a path of the school until its dots are gone.
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : undefined;
}
