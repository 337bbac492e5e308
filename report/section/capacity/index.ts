import type { ReportProbe } from '../probe.ts';
import { capacitiesOf } from './data.ts';
import { CapacitySection } from './section.tsx';

export const capacity: ReportProbe = {
  chapters: [{ Section: CapacitySection, isFilled: (result) => capacitiesOf(result).length > 0 }],
};
