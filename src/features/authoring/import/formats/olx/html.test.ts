import { expect, test } from 'vitest';
import { pageToMarkdown } from './html.ts';

test.each([
  ['signs of Markdown stay words', '<p>5 * 3, a_b and [x]</p>', '5 \\* 3, a\\_b and \\[x\\]'],
  ['what begins a line like a list or a heading is none', '<p>1. first</p><p># no</p>', '1\\. first\n\n\\# no'],
  ['indentation and empty lines mean nothing', '<div>\n\n    <p>One</p>\n\n\n    <p>Two</p></div>', 'One\n\nTwo'],
  ['a line that breaks in code is a line', '<pre>a<br /><br>b</pre>', '```\na\n\nb\n```'],
  ['a line that breaks in a link does not', '<a href="https://a.test">Go<br></a>', '[Go](https://a.test)'],
  ['code keeps its empty lines and signs', '<pre>a = b * c\n\n_d_</pre>', '```\na = b * c\n\n_d_\n```'],
  ['formulas are written as here', '<p>\\(a_1\\) and \\[x * y\\]</p>', '$a_1$ and\n\n$$x * y$$'],
  ['entities are the characters they name, tags are none', '<p>&reg; &lt;b&gt;</p>', '® &lt;b&gt;'],
  ['an element of another platform leaves its words', '<clarification>Wait</clarification> <b>for</b> it', 'Wait **for** it'],
])('%s', (_, html, markdown) => {
  expect(pageToMarkdown(html).markdown).toBe(markdown);
});

test('programs, styles and buttons go, and are counted', () => {
  expect(pageToMarkdown('<p>Read.</p><script>a\n\nb</script><style>p {}</style><button onclick="x()">Send</button>')).toEqual({
    markdown: 'Read.',
    lost: '1 × script, 1 × style, 1 × button',
  });
});

test('a question that only its buttons answered goes with them', () => {
  expect(pageToMarkdown('<p>Useful?</p><button>Yes</button>').markdown).toBe('');
});
