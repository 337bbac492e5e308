import type { ReportProbe } from '../probe.ts';
import { ResourcesSection } from './section.tsx';

export const resources: ReportProbe = { chapters: [{ Section: ResourcesSection }] };
