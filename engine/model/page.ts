/** What is known of a page of the window wherever it is named: address, title, way to it. */
interface PageDefinition {
  /** In the window's title, the rail, the menu, the palette and the list of shortcuts. */
  title: string;
  /** With the command key: the way there from anywhere. Only pages with one are in rail, menu and palette. */
  key?: string;
  /** The page of the rail that it belongs to, where it is none itself. */
  under?: string;
  /** What its address names after the page, in order; `must`: without it there is nothing to show but `under`. */
  parts?: Readonly<Record<string, 'may' | 'must'>>;
}

/** Every page of the window, those of the rail in its order: the one table that router, rail, menu, palette, titles and tests read. */
export const pages = {
  home: { title: 'Scenarios', key: '1' },
  explore: { title: 'Explore', key: '2' },
  topologies: { title: 'Cuts', key: '3', parts: { name: 'may' } },
  apis: { title: 'APIs', key: '9' },
  claims: { title: 'Claims', key: 'j', parts: { name: 'may' } },
  decide: { title: 'Decide', key: 'd' },
  experiments: { title: 'Experiments', key: '4' },
  run: { title: 'Live run', key: '5' },
  history: { title: 'History', key: '6' },
  compare: { title: 'Compare', key: '7', parts: { first: 'may', second: 'may' } },
  glossary: { title: 'Glossary', key: '8' },
  settings: { title: 'Settings', key: ',' },
  sample: { title: 'Sample result', under: 'home' },
  experiment: { title: 'Experiment', under: 'experiments', parts: { name: 'must' } },
  result: { title: 'Result', under: 'history', parts: { id: 'must' } },
  trash: { title: 'Trash', under: 'history' },
} as const satisfies Record<string, PageDefinition>;

type Pages = typeof pages;
export type PageName = keyof Pages;
/** A page of the rail, with a key of its own. */
export type RailPage = { [P in PageName]: Pages[P] extends { key: string } ? P : never }[PageName];

type PartsOf<P extends PageName> = Pages[P] extends { parts: infer T }
  ? { -readonly [K in keyof T]: T[K] extends 'must' ? string : string | null }
  : unknown;
/** A page and what its address names. */
export type Route = { [P in PageName]: { page: P } & PartsOf<P> }[PageName];

/** The pages of the rail, in order. */
export const railPages = Object.keys(pages).filter(
  (page): page is RailPage => isPageName(page) && 'key' in pages[page],
);

/** Whether a text names a page. */
export function isPageName(text: string): text is PageName {
  return Object.hasOwn(pages, text);
}

function definitionOf(page: PageName): PageDefinition {
  return pages[page];
}

/** The page of the rail that a page is, or belongs to. */
export function railPageOf(page: PageName): RailPage {
  const { under } = definitionOf(page);
  return railPages.find((one) => one === (under ?? page)) ?? 'home';
}

/** The route of a page without anything that its address may name. */
export function routeOf(page: RailPage): Route {
  return readRoute(page, []);
}

/** The route of a page and the parts of an address; one without what it must have is the page that it belongs to. Pure. */
export function readRoute(page: PageName, values: readonly string[]): Route {
  const parts = Object.entries(definitionOf(page).parts ?? {});
  const lacks = parts.some(([, need], index) => need === 'must' && (values[index] ?? '') === '');
  if (lacks) return readRoute(railPageOf(page), []);
  const named = parts.map(([name], index) => [name, (values[index] ?? '') === '' ? null : values[index]]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parts are read off the same table as the type
  return { page, ...Object.fromEntries(named) } as Route;
}

/** The inverse of `readRoute`: what the address names, in order, without empty ends. Pure. */
export function partsOf(route: Route): (string | null)[] {
  const values = new Map<string, string | null>(Object.entries(route));
  const parts = Object.keys(definitionOf(route.page).parts ?? {}).map((name) => values.get(name) ?? null);
  return parts.slice(0, parts.findLastIndex((part) => part !== null) + 1);
}
