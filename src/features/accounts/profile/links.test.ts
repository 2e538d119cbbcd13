import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkAt, linkPlaces, webPageField } from './links.ts';

test.each([
  ['github', 'ada', 'https://github.com/ada'],
  ['github', '@ada-lovelace', 'https://github.com/ada-lovelace'],
  ['github', 'https://github.com/ada/', 'https://github.com/ada'],
  ['github', 'http://www.github.com/ada', 'https://github.com/ada'],
  ['github', 'github.com/ada', 'https://github.com/ada'],
  ['linkedIn', 'https://de.linkedin.com/in/ada-lovelace-1815', 'https://www.linkedin.com/in/ada-lovelace-1815'],
  ['twitter', 'https://twitter.com/ada', 'https://x.com/ada'],
  ['bluesky', '@ada.bsky.social', 'https://bsky.app/profile/ada.bsky.social'],
  ['bluesky', 'https://bsky.app/profile/ada.example.org', 'https://bsky.app/profile/ada.example.org'],
  ['youtube', 'https://www.youtube.com/@ada', 'https://www.youtube.com/@ada'],
  ['instagram', 'instagram.com/ada.l', 'https://www.instagram.com/ada.l'],
] as const)('%s: %s is %s', (place, typed, address) => {
  expect(linkAt(linkPlaces[place], typed)).toBe(address);
});

test.each([
  ['github', 'javascript:alert(1)'],
  ['github', 'https://github.com.evil.example/ada'],
  ['github', 'https://evil.example/github.com/ada'],
  ['github', 'https://github.com@evil.example/ada'],
  ['github', 'https://ada:secret@github.com/ada'],
  ['github', 'https://github.com:8443/ada'],
  ['github', 'https://github.com/ada/some/project'],
  ['github', 'https://github.com/%'],
  ['github', '//evil.example/ada'],
  ['github', 'ada lovelace'],
  ['github', '"><script>'],
  ['linkedIn', 'https://www.linkedin.com/company/ada'],
  ['twitter', 'a-name-that-is-none'],
] as const)('%s: %s is no page of a person there', (place, typed) => {
  expect(linkAt(linkPlaces[place], typed)).toBeUndefined();
});

test('whatever is typed, what comes out is a page at that place', () => {
  const typed = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.string().map((name) => `https://github.com/${name}`),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const link = linkAt(linkPlaces.github, text);
      if (link !== undefined) expect(link).toMatch(/^https:\/\/github\.com\/[A-Za-z\d-]+$/);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['https://example.org', 'https://example.org/'],
  ['example.org/me', 'https://example.org/me'],
  ['example.org:8080', 'https://example.org:8080/'],
  ['', null],
])('a page of one’s own: %s', (typed, address) => {
  expect(webPageField.parse(typed)).toBe(address);
});

test.each([
  'http://example.org',
  'javascript:alert(1)',
  'data:text/html,hello',
  'ftp://example.org',
  'https://localhost',
  'https://127.0.0.1/admin',
  'https://[::1]/',
  'https://user:secret@example.org',
  'not an address',
  'https://',
])('no page of one’s own: %s', (typed) => {
  expect(webPageField.safeParse(typed).success).toBe(false);
});
