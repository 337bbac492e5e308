import { isScalar, parseDocument, visit } from 'yaml';
import { printable, prototypeNamePath } from '../model/index.ts';

/** Of what the library says of a text, characters. */
const mostSaid = 200;

/** The value that a YAML text holds; `what` it is, for people. Throws an Error in one clause. */
export function parseYaml(text: string, what: string): unknown {
  let data: unknown;
  try {
    const document = parseDocument(text, { logLevel: 'silent' });
    // A tag that nobody knows is a mistake too, and not to be passed over with a warning of the library's.
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw problem;
    visit(document, {
      Pair: (_place, { key }) => {
        if (key !== null && !isScalar(key)) throw new Error('a name must be text, not a list or a map');
      },
    });
    data = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    const [said = ''] = printable(error instanceof Error ? error.message : String(error)).split('\n');
    // It may quote all of the text.
    const short = said.length > mostSaid ? `${said.slice(0, mostSaid)}…` : said.replace(/:$/, '');
    throw new Error(`${what} is not YAML: ${short}`, { cause: error });
  }
  if (containsItself(data)) throw new Error(`an alias in ${what} contains itself`);
  const dropped = prototypeNamePath(data);
  if (dropped !== undefined) throw new Error(`field "${dropped}": nothing can be named __proto__`);
  return data;
}

function containsItself(data: unknown): boolean {
  try {
    JSON.stringify(data);
    return false;
  } catch {
    return true;
  }
}
