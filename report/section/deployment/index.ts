import type { ReportProbe } from '../probe.ts';
import { DeploymentSection } from './section.tsx';

export const deployment: ReportProbe = { chapters: [{ Section: DeploymentSection }] };
