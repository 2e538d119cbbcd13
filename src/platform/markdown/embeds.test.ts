import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embedOf } from './embeds.ts';
import { renderMarkdown } from './render.ts';

const frames: [address: string, frame: string][] = [
  ['https://www.youtube.com/watch?v=abcdefghijk&t=5', 'https://www.youtube-nocookie.com/embed/abcdefghijk'],
  ['https://youtu.be/abcdefghijk', 'https://www.youtube-nocookie.com/embed/abcdefghijk'],
  ['https://vimeo.com/123456789', 'https://player.vimeo.com/video/123456789?dnt=1'],
  ['https://codepen.io/ada/pen/abCDef', 'https://codepen.io/ada/embed/abCDef?default-tab=result'],
  ['https://www.geogebra.org/m/abcd1234', 'https://www.geogebra.org/material/iframe/id/abcd1234'],
  ['https://www.desmos.com/calculator/abcd1234ef', 'https://www.desmos.com/calculator/abcd1234ef?embed'],
];

test.each(frames)('%s opens as %s, and the pages allow that frame', (address, frame) => {
  expect(embedOf(address)?.frame).toBe(frame);
  expect(readFileSync('vite.config.ts', 'utf8')).toContain(`'${new URL(frame).origin}'`);
});

test.each([
  'http://www.youtube.com/watch?v=abcdefghijk',
  'https://www.youtube.com/watch?v=short',
  'https://www.youtube.com.evil.test/watch?v=abcdefghijk',
  'https://evil.test/?u=https://youtu.be/abcdefghijk',
  'https://user@youtu.be/abcdefghijk',
  'https://youtu.be:8443/abcdefghijk',
  'https://codepen.io/ada/pen/../../x',
  'https://vimeo.com/123456789/../../x',
  'javascript:alert(1)//youtu.be/abcdefghijk',
])('%s is nothing of those sites', (address) => {
  expect(embedOf(address)).toBeUndefined();
});

test('an address alone on its line is a box with a link, and one among words is a link', async () => {
  expect(await renderMarkdown('https://vimeo.com/123456789')).toBe(
    '<div class="embed"><a href="https://vimeo.com/123456789" rel="noopener nofollow">Open at Vimeo</a></div>',
  );
  for (const text of ['See https://vimeo.com/123456789', '- https://vimeo.com/123456789', '[A film](https://vimeo.com/123456789)', 'https://example.test/']) {
    expect(await renderMarkdown(text)).not.toContain('class="embed"');
  }
});
