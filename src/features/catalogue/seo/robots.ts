import { addressOf } from './school.ts';

/** Places that are somebody's own, or that say nothing to a stranger. */
const keptOut = [
  ...['/admin', '/api/', '/calendar/', '/dashboard', '/learn/', '/messages', '/notifications', '/orders', '/settings', '/studio'],
  '/wishlist',
  ...['/sign-in', '/sign-up', '/sign-out', '/forgot-password', '/reset-password', '/magic-link', '/verify-email', '/confirm-email-change'],
];

/** What crawlers are asked to leave alone, and where the map is. */
export function robots(): string {
  return `User-agent: *\n${keptOut.map((place) => `Disallow: ${place}\n`).join('')}\nSitemap: ${addressOf('/sitemap.xml')}\n`;
}
