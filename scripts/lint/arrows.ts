import path from 'node:path';

/** A rule about who may import what, in words a reader of the message understands. */
interface Arrow {
  /** Who: importing files whose path (from the repository's root) begins so. */
  from: string;
  /** Exceptions to `from`. */
  except?: readonly string[];
  /** Which folders of the repository these files may import from, beside their own. Undefined: any. */
  mayImport?: readonly string[];
  /** Packages that these files may not import, tests beside the code excepted. */
  noPackages?: RegExp;
  because: string;
}

const ARROWS: readonly Arrow[] = [
  {
    from: 'engine/model/',
    mayImport: [],
    noPackages: /^(?!(zod|hdr-histogram-js)$)/,
    because: 'engine/model is pure and imports nothing but zod and hdr-histogram-js',
  },
  {
    from: 'engine/statistics/',
    mayImport: ['engine/statistics/', 'engine/model/'],
    noPackages: /^(?!jstat$)/,
    because: 'engine/statistics is pure and imports nothing but the model and jstat',
  },
  {
    from: 'engine/evaluation/',
    mayImport: ['engine/evaluation/', 'engine/statistics/', 'engine/model/'],
    noPackages: /./,
    because: 'engine/evaluation is pure, because report and window use it too',
  },
  { from: 'engine/', mayImport: ['engine/'], because: 'engine imports nothing of the rooms above it' },
  {
    from: 'engine/',
    noPackages: /^(electron|react|react-dom)(\/|$)|^node:sqlite$/,
    because: 'engine is headless and runs on the Node of Electron 33',
  },
  {
    from: 'report/',
    mayImport: ['report/', 'engine/model/', 'engine/evaluation/'],
    noPackages: /^(node:|electron$)/,
    because: 'report is pure and knows only the model and how results are evaluated',
  },
  { from: 'cli/', mayImport: ['cli/', 'engine/', 'report/'], because: 'cli imports only engine and report' },
  { from: 'cli/', noPackages: /^electron$/, because: 'cli runs without Electron' },
  {
    from: 'renderer/',
    mayImport: ['renderer/', 'report/', 'engine/model/'],
    noPackages: /^(node:|electron$)/,
    because: 'renderer imports only report and the model; the rest comes over the bridge',
  },
  {
    from: 'electron/engine-host/',
    mayImport: ['electron/', 'engine/', 'report/'],
    because: 'electron/engine-host imports only engine, report and its neighbours',
  },
  {
    from: 'electron/',
    except: ['electron/engine-host/'],
    mayImport: ['electron/', 'report/', 'engine/model/', 'engine/files/'],
    because: 'of Electron only engine-host runs the engine; the others know its model and its ways with files',
  },
  { from: 'sample-apps/kit/', mayImport: ['sample-apps/kit/'], because: 'the kit knows no application' },
  {
    from: 'scripts/audit/',
    // These hold the audit against the product.
    except: ['audit', 'continued', 'judge'].map((name) => `scripts/audit/${name}.test.ts`),
    mayImport: ['scripts/audit/'],
    because: 'scripts/audit shares no code with what it audits',
  },
  { from: 'sample-apps/', mayImport: ['sample-apps/'], because: 'sample-apps imports nothing of the rest' },
];

// Folders that are one room each: entered from outside by their index.ts only. The first that fits counts.
const ROOMS = [
  /^engine\/probes\/[^/]+\//,
  /^engine\/[^/]+\//,
  /^report\//,
  /^cli\//,
  /^renderer\//,
  /^electron\/[^/]+\//,
  /^sample-apps\/[^/]+\//,
];
const TOP_FOLDERS = /^(engine|report|cli|renderer|electron|sample-apps|scripts|tests)\//;

/**
 * Says what is wrong with `file` importing `specifier`, or undefined if nothing is. Both rules of the house are judged: the
 * arrows between rooms, and the one door of each room. `file` is relative to the repository's root with forward slashes. Pure.
 */
export function judgeImport(file: string, specifier: string): string | undefined {
  // The pages' development stage plays with made-up results, as tests do; it is in no built program.
  const isTest = /\.test\.tsx?$|\/testing\//.test(file) || file.startsWith('renderer/dev/');
  const runsInNode = isTest || file.endsWith('.config.ts');
  if (!specifier.startsWith('.')) return runsInNode ? undefined : judgePackage(file, specifier);
  const target = path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
  if (!TOP_FOLDERS.test(target)) return undefined;
  if (isTest && (target.startsWith('tests/support/') || target.endsWith('/testing/index.ts'))) return undefined;
  return judgeArrow(file, target) ?? judgeDoor(file, target);
}

function arrowsOf(file: string): readonly Arrow[] {
  return ARROWS.filter(
    ({ from, except = [] }) => file.startsWith(from) && !except.some((folder) => file.startsWith(folder)),
  );
}

function judgePackage(file: string, name: string): string | undefined {
  const broken = arrowsOf(file).find(({ noPackages }) => noPackages?.test(name));
  return broken && `${broken.because}: not "${name}".`;
}

function judgeArrow(file: string, target: string): string | undefined {
  const own = roomOf(file);
  if (own !== undefined && target.startsWith(own)) return undefined;
  const broken = arrowsOf(file).find(({ mayImport }) => mayImport?.every((folder) => !target.startsWith(folder)));
  return broken && `${broken.because}: not ${target}.`;
}

function judgeDoor(file: string, target: string): string | undefined {
  const room = roomOf(target);
  if (room === undefined || file.startsWith(room) || target === `${room}index.ts`) return undefined;
  // The composition root of a program may name the files it bundles; tests of several rooms may look inside.
  if (/^(scripts|tests)\//.test(file)) return undefined;
  return `Rooms are entered by their door: import ${room}index.ts, not ${target}.`;
}

function roomOf(file: string): string | undefined {
  for (const room of ROOMS) {
    const found = room.exec(file)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
