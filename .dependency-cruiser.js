/** Who may import whom. The tree is explained in ARCHITECTURE.md. */
const features = 'accounts|media|catalogue|assessment|packages|authoring|learning|commerce|community|fitness|gamification|notifications|analytics';
const lines = [
  ['accounts', 'media'],
  ['catalogue', 'assessment', 'packages'],
  ['authoring', 'learning'],
  ['commerce', 'community', 'fitness'],
  ['gamification', 'notifications', 'analytics'],
];

/** A feature imports only from lines beneath its own; the last line listens and is imported by nobody. */
const upwards = lines.flatMap((line, index) =>
  line.map((feature) => ({
    name: `${feature}-imports-downwards`,
    severity: 'error',
    from: { path: `^src/features/${feature}/` },
    to: { path: `^src/features/(${[...line.filter((other) => other !== feature), ...lines.slice(index + 1).flat()].join('|')})/` },
  })),
);

export default {
  forbidden: [
    ...upwards,
    {
      name: 'features-through-their-face',
      comment: 'Another feature is entered through its index, its pure policy, or (from pages and components) its components.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/(?!ui/)' },
      to: { path: `^src/features/(${features})/`, pathNot: ['^src/features/$1/', '/index\\.server\\.ts$', '/policy\\.ts$'] },
    },
    {
      name: 'components-through-the-face',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/ui/' },
      to: { path: `^src/features/(${features})/`, pathNot: ['^src/features/$1/', '/index\\.server\\.ts$', '/policy\\.ts$', '/ui/'] },
    },
    {
      name: 'routes-through-the-face',
      severity: 'error',
      from: { path: '^src/routes/' },
      to: { path: '^src/features/', pathNot: ['/index\\.server\\.ts$', '/policy\\.ts$', '/ui/'] },
    },
    {
      name: 'routes-know-no-database',
      severity: 'error',
      from: { path: '^src/routes/' },
      to: { path: ['^src/platform/database/', '^src/generated/', '^node_modules/(pg|@prisma)/'] },
    },
    {
      name: 'features-know-no-web-framework',
      severity: 'error',
      from: { path: '^src/(features|platform)/.*\\.ts$' },
      to: { path: ['^node_modules/@sveltejs/', '\\.svelte$'] },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/(platform|ui)/' },
      to: { path: '^src/(features|routes|cli|seed)/' },
    },
    { name: 'ui-knows-no-platform-io', severity: 'error', from: { path: '^src/ui/' }, to: { path: '\\.server\\.ts$' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nothing-missing', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['^\\$', '^\\./\\$types'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.svelte-kit)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'svelte'],
      extensions: ['.ts', '.js', '.svelte', '.css'],
    },
  },
};
