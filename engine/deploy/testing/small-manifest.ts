import { stringify } from 'yaml';

/** A manifest of two modules; `change` may spoil it. */
export function manifest(change: (parts: ReturnType<typeof sound>) => void = () => {}): string {
  const parts = sound();
  change(parts);
  return stringify(parts);
}

export function sound() {
  const front: Record<string, unknown> = { title: 'Front', source: './front.ts', uses: [{ module: 'back' }] };
  const back: Record<string, unknown> = { title: 'Back', source: './back.ts', keeps: ['orders'] };
  return {
    version: 1,
    name: 'tiny',
    title: 'Tiny',
    kit: '../kit/index.ts',
    entry: 'front',
    modules: { front, back },
    endpoints: { order: { title: 'Order', method: 'POST', route: '/order', needs: { front: 'required' } } },
    journeys: {
      buy: {
        title: 'Buy',
        weight: 1,
        draw: { key: { kind: 'uuid' } },
        steps: [{ endpoint: 'order', path: '/order', expect: {}, ledger: { key: '${key}' } }],
      },
    },
    seed: { default: 1, sizes: {} },
    topologies: { monolith: { all: ['front', 'back'] } },
  };
}

export function spoil(parts: ReturnType<typeof sound>, what: 'draw' | 'tunable' | 'step', by: object): void {
  if (what === 'draw') Object.assign(parts.journeys.buy.draw, { key: by });
  else if (what === 'tunable') Object.assign(parts, { tunables: { work: { title: 'Work', ...by } } });
  else Object.assign(parts.journeys.buy.steps[0] ?? {}, by);
}
