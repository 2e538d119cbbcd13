import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { nasty } from '../../../../../../tests/support/html.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

const converted = (source: string) => htmlToMarkdown(source).markdown.trim();

test.each([
  ['a <b>bold</b> and <em>fine</em> word', 'a **bold** and *fine* word'],
  ['press <kbd>Ctrl</kbd> + <kbd>C</kbd>', 'press `Ctrl` + `C`'],
  ['H<sub>2</sub>O and n<sup>2</sup> and x<sup>Q</sup>', 'H₂O and n² and x^Q'],
  ['one<br>two', 'one\\\ntwo'],
  ['| a<br>b | <b>c</b> |\n|---|---|\n| d | e |', '| a b | **c** |\n|---|---|\n| d | e |'],
  ['<a href="a b.md">go</a>', '[go](a%20b.md)'],
  ['<a name="here"></a>words', '[]{#here}words'],
  ['<span id="here">these [words](x)</span>', '[these [words](x)]{#here}'],
  ['<img src="imgs/a.png" alt="A [tree]" width="3">', '![A \\[tree\\]](imgs/a.png)'],
  ['text <!-- secret --> goes on', 'text  goes on'],
  ['<script>\nalert(1)\n</script>\n\nafter', 'after'],
  [
    '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>',
    '[Video at www.youtube.com](https://www.youtube.com/watch?v=dQw4w9WgXcQ)',
  ],
  ['<h2 id="x">Title</h2>', '## Title {#x}'],
  ['<blockquote>\n<p>said</p>\n</blockquote>', '> said'],
  ['<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>', '- one\n- two'],
  ['<table><tr><th>a</th></tr><tr><td>1|2</td></tr></table>', '| a |\n| --- |\n| 1\\|2 |'],
  ['<pre><code class="language-js">if (a &lt; b) {\n  c();\n}</code></pre>', '```js\nif (a < b) {\n  c();\n}\n```'],
])('%j becomes %j', (html, markdown) => {
  expect(converted(html)).toBe(markdown);
});

test('a wrapper goes and its Markdown stays', () => {
  expect(htmlToMarkdown('### Assignment\n\n<div class="lesson-content__panel" markdown="1">\n\n1. Read\n1. Write\n\n</div>\n')).toEqual({
    markdown: '### Assignment\n\n1. Read\n1. Write\n',
    counts: { converted: {}, unwrapped: { div: 1 }, removed: {} },
  });
});

test.each([
  ['lesson-note', 'note'],
  ['lesson-note lesson-note--tip', 'tip'],
  ['alert alert-danger', 'danger'],
  ['admonition warning', 'warning'],
])('a box of class %j becomes a callout', (classes, kind) => {
  const markdown = converted(`<div class="${classes}" markdown="1">\n\n#### Title\n\ntext\n\n</div>`);
  expect(markdown).toMatch(/^::: (note|tip|caution|warning)\n\n#### Title\n\ntext\n\n:::$/);
  expect(markdown).toContain(kind === 'danger' ? 'caution' : kind);
});

test('details fold in Markdown too, within a list as well', () => {
  expect(converted('1. One\n   <details>\n   <summary>A <b>hint</b></summary>\n\n   Hidden\n\n   </details>\n1. Two')).toBe(
    '1. One\n\n   ::: details A **hint**\n\n   Hidden\n\n   :::\n\n1. Two',
  );
});

test('code is left as it is, whatever it holds', () => {
  const source = 'See `<div>` and ``<b>`` and \\<i>.\n\n```html\n<div class="note">\n<!-- stays -->\n</div>\n```\n\n    <p>indented</p>\n';
  expect(htmlToMarkdown(source).markdown).toBe(source);
});

test('words in angle brackets that are no HTML stay, and so does the name of an element that is only spoken of', () => {
  expect(converted('git config <name> and List<String>')).toBe('git config <name> and List<String>');
  expect(converted('Use the <section> element, then <b>go</b>.')).toBe('Use the \\<section> element, then **go**.');
});

test('no HTML that goes in is HTML when it comes out and is rendered', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, async (source) => {
      const html = await renderMarkdown(htmlToMarkdown(source).markdown);
      expect(html).not.toMatch(/<(script|iframe|svg|style|form|input|object|base|meta)\b/i);
      expect(html).not.toMatch(/<[^>]+\son\w+=/i);
    }),
    { numRuns: 300 },
  );
});

test('a source without HTML comes out to the letter', () => {
  fc.assert(
    fc.property(
      fc.string().map((text) => text.replaceAll('<', '')),
      (source) => {
        expect(htmlToMarkdown(source).markdown).toBe(source);
      },
    ),
  );
});
