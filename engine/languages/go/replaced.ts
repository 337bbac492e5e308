/**
 * The folders that a `go.mod` has modules taken from instead of where they are published, as they are written there (the Go modules reference, `replace`). A replacement with a version is another
 * published module, and none of these. Pure.
 */
export function replacedFolders(goMod: string): string[] {
  return goMod.split(/\r\n|\r|\n/).flatMap((line) => {
    const [code = ''] = line.split('//');
    const [, replacement] = /=>\s*(.*)$/.exec(code) ?? [];
    if (replacement === undefined) return [];
    const [, quoted, raw, bare, more = ''] = /^(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|(\S+))\s*(.*)$/.exec(replacement) ?? [];
    const folder = quoted === undefined ? (raw ?? bare) : unquoted(quoted);
    return folder === undefined || more.trim() !== '' ? [] : [folder];
  });
}

/** `\` and the character behind it are that character: Go has more of them, and none is of use in a path. */
const unquoted = (text: string): string => text.replaceAll(/\\(.)/g, '$1');
