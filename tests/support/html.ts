import fc from 'fast-check';
import { expect } from 'vitest';

/** Every tag with its attributes' names; anything that is left of a `<` is no tag of ours. */
export function tagsIn(html: string): { tag: string; attributes: string[] }[] {
  const tag = /<\/?([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/g;
  expect(html.replace(tag, '')).not.toContain('<');
  return [...html.matchAll(tag)].map(([, name, attributes]) => ({
    tag: name!,
    attributes: [...attributes!.matchAll(/([a-z-]+)(?:="[^"]*")?/g)].map((match) => match[1]!),
  }));
}

/** Pieces that attacks are made of, in any order. */
export const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<script>',
        '</script>',
        '<img src=x onerror=alert(1)>',
        '<svg onload=alert(1)>',
        '<a href="javascript:alert(1)">',
        '<a href="jAvAsCrIpT&colon;alert(1)">',
        '</a>',
        '<iframe srcdoc="<script>x</script>">',
        '<p style="position:fixed">',
        '<div class="callout evil" id="main">',
        '<h2 id="s-ok" onclick=x>',
        '<math><mi xlink:href="data:x,<script>">',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<template>',
        '<style>*{}</style>',
        '<img src="/files/../admin" srcset="https://evil.test/x 2x">',
        '<input autofocus onfocus=x>',
        '&lt;script&gt;',
        '&#x3C;script&#x3E;',
        '"',
        "'",
        '`',
        '<',
        '>',
        '\u0000',
        '<a href="//evil.test">',
        '<base href=x>',
        '<form action=x>',
        '<meta http-equiv=refresh>',
        '<noscript><p title="</noscript><img src=x onerror=y>">',
        '<table><td>',
        '<details open ontoggle=x>',
        '<pre data-language="&quot;><script>">',
      ),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
