import { placeholder, placeholdersOf } from '../model/index.ts';

/** A value that a journey carries from step to step. */
export type Variable = string | number | boolean | null | object;
export type Variables = Record<string, Variable>;

/** No variables yet; a variable may have any name, also one that every object has. */
export function noVariables(): Variables {
  return Object.create(null) as Variables;
}
/** Text made from variables. */
export type Template = (variables: Variables) => string;

/** The text with other names in its `${name}`. */
export function renameInText(text: string, rename: (name: string) => string): string {
  return text.replaceAll(placeholder, (_whole, name: string) => `\${${rename(name)}}`);
}

/** The same in every string of a JSON value. */
export function renameInJson(value: unknown, rename: (name: string) => string): unknown {
  if (typeof value === 'string') return renameInText(value, rename);
  if (Array.isArray(value)) return value.map((item) => renameInJson(item, rename));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renameInJson(item, rename)]));
  return value;
}

/** The text with every `${name}` replaced by the encoded variable; a constant text costs nothing at run time. */
export function compileText(text: string, encode: (value: Variable) => string): Template {
  const names = placeholdersOf(text);
  if (names.length === 0) return () => text;
  // Splitting by a pattern with one group gives text and names in turn.
  const pieces = text.split(placeholder);
  return (variables) =>
    pieces.map((piece, index) => (index % 2 === 0 ? piece : encode(variables[piece] ?? null))).join('');
}

/** A JSON text in which a string that is exactly `${name}` takes the variable with its type, and others take it as text. */
export function compileJson(value: unknown): Template {
  const pieces: (string | Template)[] = [];
  appendJson(value, pieces);
  if (pieces.every((piece) => typeof piece === 'string')) {
    const constant = pieces.join('');
    return () => constant;
  }
  return (variables) => pieces.map((piece) => (typeof piece === 'string' ? piece : piece(variables))).join('');
}

function appendJson(value: unknown, pieces: (string | Template)[]): void {
  if (typeof value === 'string') {
    const exact = /^\$\{([^}]*)\}$/.exec(value)?.[1];
    if (exact !== undefined) pieces.push((variables) => JSON.stringify(variables[exact] ?? null));
    else if (placeholdersOf(value).length === 0) pieces.push(JSON.stringify(value));
    else {
      const text = compileText(value, plainText);
      pieces.push((variables) => JSON.stringify(text(variables)));
    }
  } else if (Array.isArray(value)) {
    pieces.push('[');
    for (const [index, item] of value.entries()) {
      if (index > 0) pieces.push(',');
      appendJson(item, pieces);
    }
    pieces.push(']');
  } else if (typeof value === 'object' && value !== null) {
    pieces.push('{');
    for (const [index, [key, item]] of Object.entries(value).entries()) {
      pieces.push(`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`);
      appendJson(item, pieces);
    }
    pieces.push('}');
  } else {
    pieces.push(JSON.stringify(value ?? null));
  }
}

/**
 * Whether the value can stand anywhere in a request. Half of a surrogate pair has no UTF-8 and so no place in a target or a header;
 * an object may be nested too deeply to be written.
 */
export function canBeSent(value: Variable): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  try {
    return plainText(value).isWellFormed();
  } catch {
    return false;
  }
}

/** Whether the value comes out of a header as it went in: blanks at the ends are cut off there, and control characters have no place. */
export function canStandInHeader(value: Variable): boolean {
  const text = plainText(value);
  return headerText(value) === text && !/^[ \t]|[ \t]$/.test(text);
}

export function plainText(value: Variable): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** For a request target: reserved characters escaped. */
export function targetText(value: Variable): string {
  return encodeURIComponent(plainText(value));
}

/** For a header: a line break would start another header, so control characters become spaces. */
export function headerText(value: Variable): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must go
  return plainText(value).replaceAll(/[\u0000-\u001f\u007f]/g, ' ');
}
