import type { Fault, FaultKind } from '../model/index.ts';
import { ControlError } from '../deploy/index.ts';
import type { FaultDefinition } from './types.ts';

interface ModuleFaultOptions {
  kind: FaultKind;
  /** Name of the hook in the unit; the kind's own when not given. */
  hook?: string;
  title: string;
  meaning: string;
  parameters?: (fault: Fault) => Record<string, number>;
}

/** A fault done by the hook at the module's boundary, the same in every shape. */
export function moduleFault(options: ModuleFaultOptions): FaultDefinition {
  const hook = options.hook ?? options.kind;
  return {
    kind: options.kind,
    title: options.title,
    meaning: options.meaning,
    scope: 'module',
    selfHealing: false,
    impossible: () => null,
    inject: async ({ deployment, fault, id, limitMs }) => {
      const unit = deployment.unitHosting(fault.module);
      const control = deployment.control(unit.name);
      const { effectAtMs } = await control.inject({ id, module: fault.module, kind: hook, parameters: options.parameters?.(fault) ?? {}, limitMs });
      let undone: Promise<number> | undefined;
      return {
        unit: unit.name,
        effectAtMs,
        undo: () => {
          undone ??= control.undo(id).then(
            (answer) => answer.undoneAtMs,
            (error: unknown) => {
              // The unit forgot it: its time limit came first, or the process was replaced.
              if (error instanceof ControlError && error.message.includes('answered 404')) return Date.now();
              undone = undefined;
              throw error;
            },
          );
          return undone;
        },
        remaining: async () => {
          const { faults } = await control.faults();
          return faults.some((active) => active.id === id) ? `${hook} is still active in unit "${unit.name}"` : null;
        },
      };
    },
  };
}
