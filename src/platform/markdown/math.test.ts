import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tagsIn } from '../../../tests/support/html.ts';
import { allowedHtml } from '../html/sanitize.ts';
import { mostFormulas } from './formula.ts';
import { renderMarkdown } from './render.ts';

describe('a formula', () => {
  test('in a line, and on lines of its own', async () => {
    expect(await renderMarkdown('So $x^2$ it is.')).toBe('<p>So <math><msup><mi>x</mi><mn>2</mn></msup></math> it is.</p>');
    expect(await renderMarkdown('$$\n\\frac{1}{2}\n$$')).toBe(
      '<div class="formula" tabindex="0"><math display="block"><mfrac><mn>1</mn><mn>2</mn></mfrac></math></div>',
    );
  });

  test.each([
    'It costs $5 and $10.',
    '$5, or US$ 7',
    'From $1,200 to $2,000 a month',
    '$HOME and $PATH',
    '`$a$` and \\$x$',
    'a $ b $ c',
    'US$5$',
    '$$ open',
  ])('is not what %j has', async (text) => {
    expect(await renderMarkdown(text)).not.toContain('<math');
  });

  test.each([
    '\\frac{',
    '\\def\\a{x}\\a',
    '\\newcommand{\\a}{x}',
    '\\class{evil}{x}',
    '\\href{javascript:alert(1)}{x}',
    '\\includegraphics{https://evil.test/a.png}',
  ])('that cannot be made, or may not (%s), shows its source', async (tex) => {
    const html = await renderMarkdown(`$${tex}$`);
    expect(html).toMatch(/^<p><code class="formula-source">\$/);
  });

  test('carries no style and no link, whatever it says', async () => {
    const pieces = [
      '\\color{red}',
      '\\boxed{',
      '\\cancel{x}',
      '\\tag{1}',
      '\\text{<img src=x onerror=alert(1)>}',
      '\\begin{aligned}',
      '&',
      '\\\\',
      '\\end{aligned}',
      '}',
      '{',
      '^',
      '_',
      '\\sqrt[3]{',
      '<script>',
      '"',
      '\\left(',
      '\\right)',
      'x',
      '\\url{javascript:x}',
      '\\style{color:red}{',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 10 }), async (parts) => {
        const html = await renderMarkdown(`$$\n${parts.join('')}\n$$`);
        for (const { tag, attributes } of tagsIn(html)) {
          expect(Object.keys(allowedHtml)).toContain(tag);
          for (const attribute of attributes) expect(allowedHtml[tag]).toContain(attribute);
        }
        expect(html).not.toMatch(/<[^>]*\s(?:style|href)=/);
      }),
      { numRuns: 200 },
    );
  });

  test('costs no more than its text: beyond so many, sources are shown, and unclosed ones are read once', async () => {
    const html = await renderMarkdown('$x$ '.repeat(mostFormulas + 5));
    expect(html.match(/<math>/g)).toHaveLength(mostFormulas);
    expect(html.match(/formula-source/g)).toHaveLength(5);
    const begun = process.cpuUsage();
    await renderMarkdown('$x '.repeat(50_000));
    await renderMarkdown('$$\nx\n'.repeat(20_000));
    await renderMarkdown(`$$\n${'{'.repeat(3900)}\n$$`);
    // Of the processor, which a busy machine gives more slowly.
    expect(process.cpuUsage(begun).user).toBeLessThan(5_000_000);
  });
});
