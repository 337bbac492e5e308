import type { Fault, FaultKind } from '../model/index.ts';
import { awaitReady, hookRemains, removeHook } from './restart.ts';
import type { FaultDefinition } from './types.ts';

interface ModuleFaultOptions {
  kind: FaultKind;
  /** Name of the hook in the unit; the kind's own when not given. */
  hook?: string;
  title: string;
  meaning: string;
  scope?: FaultDefinition['scope'];
  /** The process ends and is started again by itself. */
  selfHealing?: boolean;
  impossible?: FaultDefinition['impossible'];
  parameters?: (fault: Fault) => Record<string, number>;
}

/** A fault done by the hook at the module's boundary, the same in every shape. */
export function moduleFault(options: ModuleFaultOptions): FaultDefinition {
  const {
    kind,
    hook = kind,
    title,
    meaning,
    scope = 'module',
    selfHealing = false,
    impossible = () => null,
    parameters,
  } = options;
  return {
    kind,
    title,
    meaning,
    scope,
    selfHealing,
    impossible,
    inject: async ({ deployment, fault, id, limitMs }) => {
      const unit = deployment.unitHosting(fault.module);
      const { effectAtMs } = await deployment
        .control(unit.name, unit.instance)
        .inject({ id, module: fault.module, kind: hook, parameters: parameters?.(fault) ?? {}, limitMs });
      return {
        unit: unit.name,
        effectAtMs,
        undo: async () => {
          const undoneAtMs = await removeHook(deployment, unit, id);
          return selfHealing ? awaitReady(deployment, unit) : undoneAtMs;
        },
        remaining: () => hookRemains(deployment, unit, id),
      };
    },
  };
}
