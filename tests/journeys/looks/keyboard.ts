import type { Page } from 'playwright-core';

/** Where the keyboard is, and whether a line around it, or around what it stands for, shows that. */
export function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const lines = ['', '::after'].map((part) => getComputedStyle(element, part || undefined));
    return {
      text: element.textContent?.trim(),
      name: element.getAttribute('aria-label'),
      isShown:
        element !== document.body && lines.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px'),
      isInMain: element.closest('main') !== null,
    };
  });
}
