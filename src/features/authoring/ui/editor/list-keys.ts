import type { KeyboardShortcutCommand, Editor } from '@tiptap/core';

/** Enter begins the next item, Tab puts an item into the one above, Shift-Tab takes it out. */
export function listItemKeys(this: { editor: Editor }): Record<string, KeyboardShortcutCommand> {
  const { editor } = this;
  return {
    Enter: () => editor.commands.splitListItem('listItem'),
    Tab: () => editor.commands.sinkListItem('listItem'),
    'Shift-Tab': () => editor.commands.liftListItem('listItem'),
  };
}
