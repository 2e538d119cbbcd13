import { expect, test } from 'vitest';
import { letterHtml, letterText } from './mail-layout.ts';

const letter = {
  heading: 'Welcome, <b>Ada</b> & co',
  paragraphs: ['First.', 'Second.'],
  button: { label: 'Open', url: 'https://school.test/a?b=1&c="2"' },
  notes: ['It works for a day.'],
};

test('the text of a mail has its link on a line of its own, as it is', () => {
  expect(letterText(letter).split('\n')).toContain('https://school.test/a?b=1&c="2"');
});

test('nothing that a person typed becomes markup in a mail', () => {
  const html = letterHtml(letter);
  expect(html).toContain('Welcome, &lt;b&gt;Ada&lt;/b&gt; &amp; co');
  expect(html).toContain('href="https://school.test/a?b=1&amp;c=&quot;2&quot;"');
  expect(html).not.toContain('<b>');
});

test('a mail loads nothing from anywhere', () => {
  expect(letterHtml(letter)).not.toMatch(/<(img|script|link|iframe)|url\(/);
});
