import type { Deployment } from '../../engine/deploy/index.ts';
import type { RunningUnit } from '../../engine/runtime/index.ts';

/** A deployment of which the first call made after `arm` to end a fault fails as if the engine or the network had not answered. */
export function failingOnce(deployment: Deployment): { deployment: Deployment; arm(): void } {
  let armed = false;
  const failing = <T extends object>(target: T, methods: readonly (keyof T)[]): T =>
    new Proxy(target, {
      get(real, key) {
        const value: unknown = Reflect.get(real, key, real);
        if (typeof value !== 'function') return value;
        return (...parameters: unknown[]): unknown => {
          if (armed && methods.some((method) => method === key)) {
            armed = false;
            return Promise.reject(new Error('a call failed on purpose'));
          }
          return Reflect.apply(value, real, parameters);
        };
      },
    });
  const unit = (real: RunningUnit): RunningUnit => failing(real, ['start', 'resume', 'limitCpu', 'connect']);
  return {
    deployment: {
      ...deployment,
      units: deployment.units.map(unit),
      unitHosting: (module) => unit(deployment.unitHosting(module)),
      control: (name) => failing(deployment.control(name), ['undo']),
    },
    arm: () => {
      armed = true;
    },
  };
}
