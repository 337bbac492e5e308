import type { ReportProbe } from '../probe.ts';
import { consistencyOf } from './data.ts';
import { ConsistencySection } from './section.tsx';

export const consistency: ReportProbe = {
  chapters: [{ Section: ConsistencySection, isFilled: (result) => consistencyOf(result).length > 0 }],
};
