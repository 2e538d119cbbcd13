import { expect, test } from 'vitest';
import { themeFrom } from './theme.ts';

test('a cookie names a theme, and anything else means the device decides', () => {
  expect(themeFrom('dark')).toBe('dark');
  expect(themeFrom('light')).toBe('light');
  for (const cookie of [undefined, '', 'system', 'Dark', '"><script>']) expect(themeFrom(cookie)).toBe('system');
});
