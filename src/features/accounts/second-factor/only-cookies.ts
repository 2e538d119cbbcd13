/** Of a request's cookies only those named, whatever prefix they bear: what else the browser sent shall not decide. */
export function onlyCookies(cookieHeader: string, names: readonly string[]): string {
  return cookieHeader
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => names.some((name) => cookie.slice(0, cookie.indexOf('=')).endsWith(`lyceum.${name}`)))
    .join('; ');
}
