import { expect, test } from 'vitest';
import { scriptsAfterPaint } from './scripts-after-paint.ts';

const page = `<head>
	<link href="/app/start.js" rel="modulepreload">
	<link href="/app/chunk.js" rel="modulepreload">
	<link href="/app/ui.css" rel="stylesheet">
</head><body><script nonce="n">{ import("/app/start.js").then(async (kit) => { kit.start(); }); }</script></body>`;

test('nothing but styles is asked for before the page was painted; then all scripts are, at once', () => {
  const late = scriptsAfterPaint(page);
  expect(late).not.toContain('rel="modulepreload"');
  expect(late).toContain('<link href="/app/ui.css" rel="stylesheet">');
  expect(late.indexOf('requestAnimationFrame')).toBeLessThan(late.indexOf('import("/app/start.js")'));
  expect(late).toContain('of ["/app/start.js","/app/chunk.js"])');
});

test('a page that starts no scripts stays as it is', () => {
  const words = '<link href="/app/start.js" rel="modulepreload"><p>import("nothing") is how one imports.</p>';
  expect(scriptsAfterPaint(words)).toBe(words);
});
