/** Levels of lists and objects within one another. */
const deepest = 64;
/** Members of one list or object. */
const mostMembers = 50_000;
/** The same of an object in the object that is the file: the checksums of a result, one a field of a round. */
const mostSums = 400_000;
/** From that many values on they must be longer than zeros, which have two characters with their comma: response times of three digits, of which long runs at high rates are full, have four. */
const manyValues = 200_000;
const shortestMean = 2.5;

const [QUOTE, COMMA, COLON, BACKSLASH] = [34, 44, 58, 92];
const [LIST, END_OF_LIST, OBJECT, END_OF_OBJECT] = [91, 93, 123, 125];

/** How many values a JSON text has, and what speaks against parsing it, as the end of a sentence: a text of a few megabytes can become gigabytes of values. */
export function textBounds(text: string): { values: number; problem: string | null } {
  // Of each container that is open: members so far, and whether it is an object.
  const members = new Uint32Array(deepest + 1);
  const isObject = new Uint8Array(deepest + 1);
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === COMMA) {
      values++;
      const most = depth === 2 && isObject[1] === 1 && isObject[2] === 1 ? mostSums : mostMembers;
      members[depth] = (members[depth] ?? 0) + 1;
      if ((members[depth] ?? 0) >= most)
        return { values, problem: `has a list or an object of more than ${most.toLocaleString('en')} members` };
    } else if (code === LIST || code === OBJECT) {
      depth++;
      values++;
      if (depth > deepest) return { values, problem: `is nested deeper than ${deepest} levels` };
      members[depth] = 0;
      isObject[depth] = code === OBJECT ? 1 : 0;
    } else if (code === END_OF_LIST || code === END_OF_OBJECT) {
      // A text that ends more than it began is no JSON, which the parser says better.
      if (depth > 0) depth--;
    }
  }
  const problem =
    values > manyValues && text.length / values < shortestMean
      ? `holds ${values.toLocaleString('en')} values, far more than there is anything in`
      : null;
  return { values, problem };
}

/** The first name that an object has twice, with those of the objects around it; undefined when there is none. For JSON only. */
export function nameTwice(text: string): string | undefined {
  const open: { names: Set<string> | null; at: string }[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const around = open.at(-1);
    if (code === LIST || code === OBJECT) open.push({ names: code === OBJECT ? new Set() : null, at: '' });
    else if (code === END_OF_LIST || code === END_OF_OBJECT) open.pop();
    else if (code === COMMA && around?.names === null) around.at = String(Number(around.at) + 1);
    else if (code === QUOTE) {
      const end = endOfString(text, at);
      const isName = around?.names != null && text.charCodeAt(skipBlanks(text, end + 1)) === COLON;
      if (isName) {
        const quoted = text.slice(at, end + 1);
        const name = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
        if (around.names?.has(name) === true)
          return [...open.slice(0, -1).map((one) => (one.names === null && one.at === '' ? '0' : one.at)), name].join(
            '.',
          );
        around.names?.add(name);
        around.at = name;
      }
      at = end;
    }
  }
  return undefined;
}

/** The names that the object which a JSON text is has itself, each with where its value begins; of a text that is cut off those before that. */
export function outermostNames(text: string): Map<string, number> {
  const names = new Map<string, number>();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LIST || code === OBJECT) depth++;
    else if (code === END_OF_LIST || code === END_OF_OBJECT) depth--;
    else if (code === QUOTE) {
      const end = endOfString(text, at);
      const colon = skipBlanks(text, end + 1);
      if (depth === 1 && text.charCodeAt(colon) === COLON)
        names.set(text.slice(at + 1, end), skipBlanks(text, colon + 1));
      at = end;
    }
  }
  return names;
}

/** Index of the quotation mark that ends the string that begins at `start`; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}
