import type { BridgeEventName, BridgeEvents } from '../../engine/model/index.ts';

/** Listeners of the fake bridge. */
export interface Emitter {
  on<N extends BridgeEventName>(name: N, listener: (payload: BridgeEvents[N]) => void): () => void;
  emit<N extends BridgeEventName>(name: N, payload: BridgeEvents[N]): void;
}

export function makeEmitter(): Emitter {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) (listener as (value: typeof payload) => void)(payload);
    },
  };
}
