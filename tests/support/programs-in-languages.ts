import { buildUnit, unitHere } from '../../cli/unit-here.ts';
import type { Edit, Laboratory } from '../../engine/deploy/index.ts';
import type { Application, Language } from '../../engine/model/index.ts';

type Hosted = Awaited<ReturnType<typeof unitHere>>;

/** A module of an application in each language, as programs on this machine, each built once, from sources as they are after an edit; `close` ends and removes all of them. */
export function programsOf(laboratory: Laboratory, application: Application, module: string, edit?: Edit) {
  const hosts: Hosted[] = [];
  const built = new Map<Language, ReturnType<typeof buildUnit>>();
  const filesIn = (language: Language): ReturnType<typeof buildUnit> => {
    const known =
      built.get(language) ?? buildUnit(laboratory, application, module, language, edit === undefined ? {} : { edit });
    built.set(language, known);
    return known;
  };
  const host = async (language: Language, files: Awaited<ReturnType<typeof buildUnit>>): Promise<Hosted> => {
    const hosted = await unitHere(laboratory, language, files);
    hosts.push(hosted);
    return hosted;
  };
  return {
    of: async (language: Language): Promise<Hosted> => host(language, await filesIn(language)),
    /** In Python, with one piece of a file changed. Throws where the piece is not there once. */
    planted: async (file: string, piece: string, other: string): Promise<Hosted> => {
      const files = await filesIn('python');
      const text = new TextDecoder().decode(files[file]);
      if (text.split(piece).length !== 2) throw new Error(`${file} does not have this once: ${piece}`);
      return host('python', { ...files, [file]: new TextEncoder().encode(text.replace(piece, () => other)) });
    },
    close: async (): Promise<void> => {
      await Promise.all(hosts.map((one) => one.close()));
    },
  };
}
