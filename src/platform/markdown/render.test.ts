import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nasty, tagsIn } from '../../../tests/support/html.ts';
import { allowedHtml } from '../html/sanitize.ts';
import { renderMarkdown } from './render.ts';

const markup = fc
  .array(
    fc.oneof(
      nasty,
      fc.constantFrom(
        '\n',
        '\n\n',
        '# ',
        '- ',
        '> ',
        '```js\n',
        '```\n',
        '::: tip\n',
        ':::\n',
        '> [!NOTE]\n',
        '[a](',
        ')',
        '![a](/files/ab/cd.webp)',
        '![a](https://evil.test/x.png)',
        '[x]: javascript:alert(1)\n',
        '[x]',
        '{#id}',
        '[a]{#b}',
        '<https://a.test>',
        '<javascript:alert(1)>',
        '| a | b |\n|--|:-:|\n| ',
        '    ',
        '\t',
        '**',
        '`',
        '~~',
        '[j](javascript:alert(1))',
        '[d](data:text/html,<script>)',
        '&#106;avascript:',
        'https://a.test/"onmouseover=x',
      ),
    ),
    { maxLength: 15 },
  )
  .map((parts) => parts.join(''));

test('rendering never puts out a tag or attribute that is not on the list', async () => {
  await fc.assert(
    fc.asyncProperty(markup, async (markdown) => {
      for (const { tag, attributes } of tagsIn(await renderMarkdown(markdown))) {
        expect(Object.keys(allowedHtml)).toContain(tag);
        for (const attribute of attributes) expect(allowedHtml[tag]).toContain(attribute);
      }
    }),
    { numRuns: 300 },
  );
});

test('raw HTML is shown as the words it is', async () => {
  expect(await renderMarkdown('A <b>bold</b> <script>alert(1)</script>')).toBe(
    '<p>A &lt;b&gt;bold&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>',
  );
});

test('the largest heading comes below the page’s title, whatever level it was written at', async () => {
  expect(await renderMarkdown('### One\n\n#### Two')).toBe('<h2 id="s-one">One</h2>\n<h3 id="s-two">Two</h3>');
  expect(await renderMarkdown('# One\n\n## Two')).toBe('<h2 id="s-one">One</h2>\n<h3 id="s-two">Two</h3>');
});

test('headings of the same words have ids of their own, and links within the text meet them', async () => {
  const html = await renderMarkdown('## What’s `new`?\n\n## What’s new\n\n[first](#whats-new) [second](#Whats-new-1)');
  expect(html).toContain('<h2 id="s-whats-new">');
  expect(html).toContain('<h2 id="s-whats-new-1">');
  expect(html).toContain('<a href="#s-whats-new">first</a> <a href="#s-whats-new-1">second</a>');
});

test('a heading and a span of text may say their own id', async () => {
  expect(await renderMarkdown('## Setting up {#setup}')).toBe('<h2 id="s-setup">Setting up</h2>');
  expect(await renderMarkdown('See [this *part*]{#part}.')).toBe('<p>See <span id="s-part">this <em>part</em></span>.</p>');
});

test('code is colored by classes, never by styles', async () => {
  const html = await renderMarkdown('```ts\nconst answer: number = 42; // sure\n```');
  expect(html).toContain('<pre class="code" data-language="ts" tabindex="0">');
  expect(html).toContain('<span class="tok-keyword">const</span>');
  expect(html).toContain('<span class="tok-number">42</span>');
  expect(html).toContain('<span class="tok-comment">// sure</span>');
  expect(html).not.toContain('style=');
});

test('code in a language that nobody knows is plain', async () => {
  expect(await renderMarkdown('```klingon\nnuqneH <world>\n```')).toBe(
    '<pre class="code" data-language="klingon" tabindex="0"><code>nuqneH &lt;world&gt;</code></pre>',
  );
  expect(await renderMarkdown('```__proto__\nx\n```')).toContain('<code>x</code>');
});

test.each([
  ['> [!WARNING]\n> Mind the gap', 'warning', 'Warning', 'Mind the gap'],
  ['::: danger Hot\nMind the gap\n:::', 'caution', 'Hot', 'Mind the gap'],
  [':::tip[A hint]\nMind the gap\n:::', 'tip', 'A hint', 'Mind the gap'],
])('%j is a callout', async (markdown, kind, title, text) => {
  expect(await renderMarkdown(markdown)).toBe(
    `<div class="callout callout-${kind}" role="note">\n<p class="callout-title">${title}</p>\n<p>${text}</p>\n</div>`,
  );
});

test('details fold, and callouts nest within them and within lists', async () => {
  const html = await renderMarkdown('- a\n\n  ::: details More\n\n  ::: note\n  inside\n  :::\n\n  after\n  :::\n\n- b');
  expect(html.match(/<details>[\s\S]*<\/details>/)?.[0]).toContain(
    '<p class="callout-title">Note</p>\n<p>inside</p>\n</div>\n<p>after</p>',
  );
  expect(html.match(/<li>/g)).toHaveLength(2);
});

test('a fence within a callout may hold the callout’s own mark', async () => {
  expect(await renderMarkdown('::: note\n```\n:::\n```\nafter\n:::\n\nout')).toMatch(
    /<code>:::<\/code><\/pre>\n<p>after<\/p>\n<\/div>\n<p>out<\/p>$/,
  );
});

test('a picture of ours is shown in its sizes, one that lies elsewhere is a link', async () => {
  const pictures = new Map([['/files/ab/c.webp', { width: 1600, height: 900, variants: [{ src: '/files/ab/c-640.webp', width: 640 }] }]]);
  expect(await renderMarkdown('![A tree](/files/ab/c.webp)', { pictures })).toBe(
    '<p><img src="/files/ab/c.webp" srcset="/files/ab/c-640.webp 640w, /files/ab/c.webp 1600w" sizes="(min-width: 48rem) 44rem, 100vw" width="1600" height="900" alt="A tree" loading="lazy" decoding="async" /></p>',
  );
  expect(await renderMarkdown('![A tree](https://far.test/t.png) ![gone](t.png)')).toBe(
    '<p><a href="https://far.test/t.png" rel="noopener nofollow">A tree</a> gone</p>',
  );
});

test('a link to a lesson leads to where the lesson is; one to a lesson that is gone, and one to a file, are words', async () => {
  const id = '0190a0b0-1111-7111-8111-111111111111';
  const resolveLink = (address: string) => (address === `lesson:${id}` ? '/learn/course/lesson' : undefined);
  expect(await renderMarkdown(`[a](lesson:${id}#Part) [b](lesson:${id.replaceAll('1', '2')}) [c](../b.md)`, { resolveLink })).toBe(
    '<p><a href="/learn/course/lesson#s-part">a</a> <a>b</a> <a>c</a></p>',
  );
});

test('columns keep their alignment and tables can be scrolled', async () => {
  expect(await renderMarkdown('| a | b |\n|--:|---|\n| 1 | 2 |')).toBe(
    '<div class="table-scroll" tabindex="0"><table>\n<thead>\n<tr>\n<th scope="col" class="align-right">a</th>\n<th scope="col">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-right">1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table></div>',
  );
});

test('check lists show their boxes', async () => {
  expect(await renderMarkdown('- [x] done\n- [ ] open')).toBe('<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>');
});
