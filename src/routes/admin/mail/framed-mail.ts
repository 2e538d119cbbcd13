import { inColors } from '#platform/mail-layout.ts';

/** A mail's HTML for the frame of a page: it may look as it likes, and run, load and send nothing; its links open apart. */
export function framedMail(html: string, colors: 'light' | 'dark' = 'light'): Response {
  return new Response(inColors(html, colors), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      'x-frame-options': 'SAMEORIGIN',
    },
  });
}
