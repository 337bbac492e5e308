import { build } from 'esbuild';

/** A program of the laboratory's own as one self-contained ECMAScript module. Throws the bundler's error. */
export async function bundleOwnProgram(entry: string): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Libraries in CommonJS ask for built-in modules through `require`.
    banner: {
      js: "import { createRequire as cleaveRequire } from 'node:module';const require = cleaveRequire(import.meta.url);",
    },
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error('the bundler gave nothing');
  return output.contents;
}
