import type { OtherLanguage } from '../model/index.ts';
import { findGo, noCompiler } from './go/compiler.ts';
import { findPython, noInterpreter } from './python/interpreter.ts';

/** What makes or runs units in a language on this machine. */
export interface Toolchain {
  language: OtherLanguage;
  /** Where it is; null where there is none. */
  path: string | null;
  /** What is missing where there is none, and how it is had. */
  missing: string;
  /** What goes without it. */
  without: string;
}

export async function toolchainsHere(): Promise<Toolchain[]> {
  return [
    {
      ...{ language: 'go', path: await findGo(), missing: noCompiler },
      without: 'Units in Go that came compiled with Cleave run without it as long as their sources are as they came.',
    },
    {
      ...{ language: 'python', path: (await findPython())?.path ?? null, missing: noInterpreter },
      without: 'Units in Python run without it in containers.',
    },
  ];
}
