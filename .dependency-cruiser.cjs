/**
 * Who may import whom: the table of the architecture as data. A room lists what its files may import; all
 * else is an error, and each rule's comment names the way out. Tests and benches may also use Node, the
 * development packages and tools/; they may not reach into rooms that their own room is closed to.
 */

/** The areas in their order: a later one may call an earlier one, never the other way round. */
const areas = ['corpus', 'annotation', 'training', 'registry', 'serving', 'monitoring', 'pipelines'];

/** Packages for the window; Node's side has no use for them. */
const windowPackages =
  '^node_modules/(react|react-dom|zustand|echarts|@blueprintjs|@tanstack|@fontsource|scheduler)/';

// Also what only tests start, and what makes the kernel. test-part.ts is no helper of tests: it is about the test part of a split.
const test =
  '\\.(test|bench|long)\\.tsx?$|/test-(?!part)[^/]+\\.tsx?$|/(testing|bench|kernel/build)/|-to-be-killed\\.ts$';
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'npm-bundled'];

const rooms = [
  {
    name: 'crf-core',
    files: '^crf-core/',
    mayImport: ['^crf-core/'],
    packages: [],
    wayOut: 'crf-core is pure: pass what it needs as an argument or through a port',
  },
  {
    name: 'workers-api',
    files: '^workers/api/',
    mayImport: ['^workers/api/'],
    typesFrom: ['^crf-core/'],
    packages: ['zod'],
    wayOut: 'the contract knows nobody: move the type into workers/api, or the code into an area',
  },
  {
    name: 'workers-storage',
    files: '^workers/storage/',
    mayImport: ['^crf-core/', '^workers/(api|storage|engine)/'],
    node: true,
    packages: 'product',
    wayOut: 'storage and engine know no area: let the area register itself in workers/engine/entries',
  },
  {
    name: 'workers-engine',
    files: '^workers/engine/(?!entries/)',
    // The session makes the services, whose list stands with the entries.
    mayImport: [
      '^crf-core/',
      '^workers/(api|storage)/',
      '^workers/engine/(?!entries/)',
      '^workers/engine/entries/areas',
    ],
    node: true,
    packages: 'product',
    wayOut: 'storage and engine know no area: let the area register itself in workers/engine/entries',
  },
  {
    // The processes are put together here, so these see every area, by its front door.
    name: 'workers-engine-entries',
    files: '^workers/engine/entries/',
    mayImport: [
      '^crf-core/',
      '^workers/(api|storage|engine)/',
      `^workers/(${areas.join('|')})/service\\.ts$`,
      `^workers/(${areas.join('|')})/.*\\.worker\\.ts$`,
    ],
    node: true,
    packages: 'product',
    wayOut: "an entry takes an area's service.ts or one of its *.worker.ts files, nothing else of it",
  },
  {
    name: 'workers-cli',
    files: '^workers/cli/',
    mayImport: ['^workers/(api|engine|cli)/', `^workers/(${areas.join('|')})/service\\.ts$`],
    node: true,
    packages: 'product',
    wayOut: 'the CLI calls services; put what it needs behind a service',
  },
  ...areas.map((area, index) => ({
    name: `workers-${area}`,
    files: area === 'serving' ? '^workers/serving/(?!bundle/)' : `^workers/${area}/`,
    mayImport: [
      '^crf-core/',
      `^workers/(api|storage|${area})/`,
      '^workers/engine/(?!entries/)',
      // A *-ports.ts states what an area asks of a later one, which implements it.
      ...areas.slice(0, index).map((earlier) => `^workers/${earlier}/(service|[a-z-]+-ports)\\.ts$`),
      // Tests may start from what an earlier area's tests made; a rule below keeps the product from it.
      ...areas.slice(0, index).map((earlier) => `^workers/${earlier}/test-`),
    ],
    node: true,
    packages: 'product',
    wayOut: `${area} calls ${index === 0 ? 'no other area' : `${areas.slice(0, index).join(', ')} through service.ts`}; later areas hear of it through the event hub`,
  })),
  {
    name: 'workers-serving-bundle',
    files: '^workers/serving/bundle/',
    mayImport: ['^crf-core/', '^workers/serving/bundle/'],
    typesFrom: ['^workers/api/'],
    node: true,
    packages: [],
    wayOut:
      'the bundle runs where nothing is installed: only crf-core, Node itself and types of the contract',
  },
  {
    name: 'electron',
    files: '^electron/(?!electron\\.vite\\.config)',
    mayImport: ['^workers/api/', '^electron/'],
    node: true,
    electron: true,
    packages: 'product',
    wayOut: 'main does no work: it launches workers by path and speaks through workers/api',
  },
  {
    name: 'renderer-app',
    files: '^renderer/(app/|[^/]+$)',
    mayImport: ['^crf-core/text/', '^workers/api/', '^renderer/'],
    packages: 'window',
    wayOut: 'the window asks the engine through renderer/engine-client',
  },
  ...areas.map((area) => ({
    name: `renderer-${area}`,
    files: `^renderer/${area}/`,
    mayImport: ['^crf-core/text/', '^workers/api/', `^renderer/(${area}|ui|charts|engine-client)/`],
    packages: 'window',
    wayOut: 'reach another area by its route; move what both need to renderer/ui or renderer/charts',
  })),
  ...['ui', 'charts', 'engine-client'].map((part) => ({
    name: `renderer-${part}`,
    files: `^renderer/${part}/`,
    mayImport: ['^workers/api/', part === 'charts' ? '^renderer/(charts|ui)/' : `^renderer/${part}/`],
    packages: 'window',
    wayOut: 'shared parts know no area: take data and callbacks as props',
  })),
  {
    name: 'e2e-and-tools',
    files: '^(e2e|tools)/',
    // The difficulty of the sample is measured with the engine itself.
    mayImport: ['^(e2e|tools)/', '^workers/api/', '^crf-core/index\\.ts$'],
    node: true,
    packages: 'all',
    wayOut: 'start the built app or the CLI by path; only types of workers/api may be imported',
  },
];

/** What else a test or bench of a room may import. */
const testHelpers = '^tools/';
const testHelpersOfWorkers = '^(tools|workers/(engine/(entries|test-[^/]+)|training/test-corpus\\.ts$))';

function localRules(room) {
  const allowed = [...room.mayImport, ...(room.typesFrom ?? [])];
  return [
    {
      name: `${room.name}-imports`,
      comment: room.wayOut,
      severity: 'error',
      from: { path: room.files },
      to: {
        path: '^(crf-core|workers|electron|renderer|e2e|tools)/',
        pathNot: [...allowed, room.node ? testHelpersOfWorkers : testHelpers],
      },
    },
    ...(room.typesFrom ?? []).map((path) => ({
      name: `${room.name}-types-only`,
      comment: `from ${path.replace('^', '')} only types may come: write import type`,
      severity: 'error',
      from: { path: room.files, pathNot: test },
      to: { path, dependencyTypesNot: ['type-only'] },
    })),
  ];
}

function nodeRule(room) {
  if (room.node) return [];
  return [
    {
      name: `${room.name}-no-node`,
      comment: `${room.wayOut}; Node's modules are not there`,
      severity: 'error',
      from: { path: room.files, pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
  ];
}

function packageRules(room) {
  const from = { path: room.files, pathNot: test };
  const rule = (name, comment, to) => ({
    name: `${room.name}-${name}`,
    comment,
    severity: 'error',
    from,
    to,
  });
  const electron = room.electron
    ? []
    : [
        rule('no-electron', 'only electron/ speaks to Electron; ask it through the preload script', {
          path: '^node_modules/electron/',
        }),
      ];
  if (room.packages === 'all') return [];
  if (Array.isArray(room.packages)) {
    const allowed = room.packages.map((name) => `^node_modules/${name}/`);
    const comment = room.packages.length
      ? `only ${room.packages.join(', ')} may be used here`
      : 'no packages here';
    return [rule('packages', `${comment}: ${room.wayOut}`, { dependencyTypes: npm, pathNot: allowed })];
  }
  const development = rule('no-dev-packages', 'what ships must stand under dependencies in package.json', {
    dependencyTypes: ['npm-dev'],
    dependencyTypesNot: ['type-only'],
    pathNot: '^node_modules/(electron|@types)/',
  });
  const window = rule('no-window-packages', 'packages for the window belong to renderer/', {
    path: windowPackages,
  });
  return [...electron, development, ...(room.packages === 'window' ? [] : [window])];
}

module.exports = {
  forbidden: [
    {
      name: 'tools-stay-out-of-the-product',
      comment: 'tools/ is for tests, benches and builds; move what the product needs into its room',
      severity: 'error',
      from: {
        path: '^(crf-core|workers|electron|renderer)/',
        pathNot: [test, '^electron/electron\\.vite\\.config'],
      },
      to: { path: testHelpers },
    },
    ...rooms.flatMap((room) => [...localRules(room), ...nodeRule(room), ...packageRules(room)]),
    {
      name: 'no-circles',
      comment: 'move what both files need into a third, or pass it as an argument',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'storage-below-engine',
      comment: 'the engine builds on storage; pass storage what it needs of the engine as an argument',
      severity: 'error',
      from: { path: '^workers/storage/', pathNot: test },
      to: { path: '^workers/engine/' },
    },
    {
      name: 'nobody-imports-entries',
      comment: 'entries are where processes begin: start them by path',
      severity: 'error',
      from: { pathNot: ['^workers/engine/(entries/|workspace-session)', '^workers/cli/', test] },
      to: { path: '^workers/engine/entries/' },
    },
    {
      name: 'tests-stay-out-of-the-product',
      comment: 'move what the product needs out of the test file',
      severity: 'error',
      from: { path: '^(crf-core|workers|electron|renderer)/', pathNot: test },
      to: { path: test },
    },
    {
      name: 'everything-resolves',
      comment: 'add the file, mend the path, or add the package to package.json',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^node:' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^out/'] },
    exclude: { path: ['^out/', '^dist/'] },
    tsPreCompilationDeps: true,
    preserveSymlinks: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
};
