import type { Plugin } from 'vite';

/** What packages do to make code out of text: where, what stands there, and what they take instead where that is forbidden. */
const places: readonly { file: RegExp; text: RegExp; instead: string }[] = [
  // Looks for Node's zlib; without it pako does the same.
  { file: /\/hdr-histogram-js\/dist\//, text: /\beval\((['"])require\(.zlib.\)\.\w+\1\)/g, instead: 'undefined()' },
  // Tries whether it may compile schemas; without that it reads them as they are.
  { file: /\/zod\/v4\/core\//, text: /\bconst F = Function;/g, instead: 'const F = undefined;' },
  // Looks for the global object.
  { file: /\/decimal\.js-light\//, text: /\bFunction\((['"])return this\1\)\(\)/g, instead: 'globalThis' },
];

/** Takes `eval` and `Function` out of the packages that the window is built of; its policy forbids both, and nothing is left to try. */
export const withoutEval: Plugin = {
  name: 'without-eval',
  enforce: 'pre',
  transform: {
    filter: { id: places.map(({ file }) => file) },
    handler: (code, id) => {
      const changed = places
        .filter(({ file }) => file.test(id))
        .reduce((text, place) => text.replaceAll(place.text, place.instead), code);
      return changed === code ? null : { code: changed, map: null };
    },
  },
};
