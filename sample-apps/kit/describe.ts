import { openApi } from './http/open-api.ts';
import type { ModuleDefinition } from './module.ts';

/** The OpenAPI 3.1 document of what these modules offer to others, as a unit of them would publish it, without starting one; routes of an entry are not in it. */
export function describeModules(title: string, modules: readonly Pick<ModuleDefinition, 'contract'>[]): unknown {
  return openApi(
    title,
    modules.map(({ contract }) => contract),
    [],
  );
}
