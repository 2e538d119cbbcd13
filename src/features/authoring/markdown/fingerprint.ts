import type { Token } from 'markdown-it';
import { textOf } from '#platform/markdown/anchors.ts';

const inlineMarks = ['strong', 'em', 's'];

/**
 * What a page would show of these tokens, as one string: two texts with the same fingerprint render alike. Spelling leaves no trace (`*` or `_`, fences or indents),
 * nor does the order in which marks on the same words nest.
 */
export function fingerprint(tokens: readonly Token[], { withIds = true } = {}): string {
  const parts = tokens.filter((token) => !token.type.startsWith('group_')).map((token) => {
    if (token.type === 'inline') return inlinePrint(token.children ?? []);
    const attrs = (token.attrs ?? []).filter(([name]) => name !== 'id' || withIds).map(([name, value]) => `${name}=${value}`);
    const own = token.type === 'heading_open' ? (token.meta?.own ?? '') : '';
    const isCode = token.type === 'fence' || token.type === 'code_block';
    const content = isCode ? `${token.info.trim()}\n${token.content.replace(/\n$/, '')}` : token.content;
    return [isCode ? 'code' : token.tag, token.nesting, token.hidden, own, content, ...attrs];
  });
  return JSON.stringify(parts);
}

/** Each piece with the set of its marks. Space shows nothing of bold and italic. */
function inlinePrint(tokens: readonly Token[]): unknown[] {
  const pieces: { marks: string; text: string }[] = [];
  const open: string[] = [];
  for (const token of tokens) {
    if (token.nesting === 1) open.push(inlineMarks.includes(token.tag) ? token.tag : `${token.tag} ${JSON.stringify(token.attrs ?? token.meta?.own)}`);
    else if (token.nesting === -1) open.pop();
    else add(pieces, [...open].sort().join(), shown(token));
  }
  return pieces.map(({ marks, text }) => [marks, text]);
}

function add(pieces: { marks: string; text: string }[], marks: string, text: string): void {
  const last = pieces.at(-1);
  if (last?.marks === marks) last.text += text;
  else pieces.push({ marks, text });
}

function shown(token: Token): string {
  if (token.type === 'text' || token.type === 'text_special') return token.content;
  if (token.type === 'softbreak') return '\n';
  if (token.type === 'image') return JSON.stringify(['image', token.attrs, textOf(token.children ?? [])]);
  return JSON.stringify([token.type, token.content]);
}
