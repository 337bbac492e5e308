import type { Probes } from '../../../engine/model/index.ts';
import { answers } from './answers/index.tsx';
import { capacity } from './capacity/index.tsx';
import { consistency } from './consistency/index.tsx';
import { diagnosis } from './diagnosis/index.tsx';
import type { EditorProbe } from './editor-probe.ts';
import { hops } from './hops/index.tsx';
import { redeployment } from './redeployment/index.tsx';
import { resources } from './resources/index.tsx';
import { scaling } from './scaling/index.tsx';
import { storm } from './storm/index.tsx';
import { structure } from './structure/index.tsx';

/** Probes that can be turned on, in the order of the form; response times and faults have sections of their own. */
export const editorProbes = {
  resources,
  capacity,
  scaling,
  answers,
  hops,
  consistency,
  diagnosis,
  storm,
  redeployment,
  structure,
} satisfies {
  [Key in Exclude<keyof Probes, 'latency' | 'isolation'>]-?: EditorProbe<NonNullable<Probes[Key]>>;
};
