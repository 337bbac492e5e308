import { realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { languageTitles, own, type Application, type OtherLanguage, type Unit } from '../model/index.ts';
import { Unbuildable, type BuildOrder } from './program.ts';

type Place = Pick<BuildOrder, 'applicationsDirectory' | 'application'>;

/** The folder with an application's manifest. */
export function rootOf({ applicationsDirectory, application }: Place): string {
  return join(applicationsDirectory, application.name);
}

/** What modules in a language share: the folder beside the application's kit that is named for it, as `kit-go` is beside `kit`. */
export function kitFolderOf(applicationsDirectory: string, application: Application, language: OtherLanguage): string {
  const root = join(applicationsDirectory, application.name);
  return `${dirname(resolve(root, application.kit))}-${language}`;
}

/** The real folders that sources in a language may lie in: the application's, and its kit's, which is no way to any other folder. */
export async function fencesOf(place: Place, language: OtherLanguage): Promise<string[]> {
  const { applicationsDirectory, application } = place;
  const kit = kitFolderOf(applicationsDirectory, application, language);
  const [applications, root, realKit] = await Promise.all(
    [applicationsDirectory, rootOf(place), kit].map((folder) => realpath(folder).catch(() => resolve(folder))),
  );
  const isInside = applications !== undefined && realKit?.startsWith(applications + sep) === true;
  return [root, isInside ? realKit : undefined].filter((folder) => folder !== undefined);
}

export const fencesInWords = 'the application and its kit';

/** The one module of a unit in another language, and the folder of its sources. Throws Unbuildable. */
export function moduleFolder(place: Place, unit: Unit, language: OtherLanguage): { module: string; folder: string } {
  const [module, ...others] = unit.modules;
  if (module === undefined || others.length > 0)
    throw new Unbuildable(
      unit.name,
      `a unit in ${languageTitles[language]} has one module, and it has ${unit.modules.length}`,
    );
  const folder = own(place.application.modules, module)?.languages?.[language];
  if (folder === undefined)
    throw new Unbuildable(unit.name, `its module "${module}" is not written in ${languageTitles[language]}`);
  return { module, folder: resolve(rootOf(place), folder) };
}
