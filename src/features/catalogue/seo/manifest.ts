import { schoolName } from './school.ts';

/** How a device installs the school as an app. Source: W3C Web Application Manifest. */
export function manifest(): object {
  return {
    id: '/',
    name: schoolName,
    short_name: schoolName,
    description: 'Courses worth finishing, taught by people who care.',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#fbf7f0',
    theme_color: '#fbf7f0',
    icons: [
      { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
