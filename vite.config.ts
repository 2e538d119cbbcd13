import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, isRunnableDevEnvironment, type Plugin } from 'vite';

/** Platform and features run from source, as in the worker and the CLI, so that a process holds one instance of each. */
const runsFromSource = /^#(platform|features)\/.*\.ts$/;

/** The frame of every page, the parts of a course's card and what stands around them. */
const storefront = [
  /src\/routes\/\+(layout|error)/,
  /src\/ui\/layout\/(site-|shell|skip|container|aside)/,
  /src\/ui\/(avatar|badge|breadcrumb|button|callout|cover\.svelte|doorway|empty|error-state|glyph|logo|media-card|page-meta|progress-bar|prose|rating\.|section|seed|theme|toast)/,
  /\/(day-in-words|course-grid|course-card|labels)\b/,
];

/** What the first line of a page calls. It takes in what the page tells the framework, which reads that when it is first run: so it is run before, on its own. */
const beginning = /runtime\/client\/payload\.js|vite\/preload-helper/;

/** The framework, without what only pages with fields need. */
const framework = /node_modules\/(?!svelte\/src\/internal\/client\/dom\/elements\/bindings\/input)/;

/** `lyceum serve` answers uploads before the pages are reached; so does the development server. */
const uploads: Plugin = {
  name: 'lyceum-uploads',
  configureServer({ environments: { ssr }, middlewares }) {
    middlewares.use(async (request, response, next) => {
      if (!/^\/uploads(\/|$)/.test(request.url ?? '') || !ssr || !isRunnableDevEnvironment(ssr)) return next();
      const { answerUploadRequest } = await ssr.runner.import('/src/answer-upload.server.ts');
      await answerUploadRequest(request, response).catch(next);
    });
  },
};

export default defineConfig({
  plugins: [
    uploads,
    tailwindcss(),
    sveltekit({
      adapter: adapter({ precompress: true, envPrefix: 'SVELTEKIT_' }),
      // A component without state of its own would otherwise bring what the language had before runes.
      compilerOptions: { runes: true },
      // Small styles travel in the page: three requests instead of fourteen before the first paint.
      inlineStyleThreshold: 6144,
      // The list of all pages stays here (docs/decisions/0019).
      router: { resolution: 'server' },
      // With it, addresses of styles count from the root: relative ones are taken from the page that is being left.
      paths: { relative: false },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // The hash is the inline style of the framework's announcer of pages; nothing else may carry one.
          'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:', 'blob:'],
          'media-src': ['self', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          // Far films and what lessons show of other sites (src/platform/markdown/embeds.ts): frames only, never scripts.
          'frame-src': [
            'self',
            'https://www.youtube-nocookie.com',
            'https://player.vimeo.com',
            'https://codepen.io',
            'https://www.geogebra.org',
            'https://www.desmos.com',
          ],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  environments: {
    ssr: { build: { rolldownOptions: { external: [runsFromSource] } } },
    client: {
      build: {
        // What nearly every page uses is two files, not thirty: what the storefront shows travels with the frame.
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: 'beginning', test: beginning, priority: 3 },
                { name: 'framework', test: framework, minShareCount: 20, priority: 2 },
                { name: 'ui', test: (id) => storefront.some((part) => part.test(id)), priority: 1 },
                { name: 'course', test: /\/(outline|course-step|review-item|rating-bars)\.svelte/ },
              ],
            },
          },
        },
      },
    },
  },
});
