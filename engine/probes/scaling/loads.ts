import { endpointsOf, type Application, type ScalingLoad } from '../../model/index.ts';
import { independentJourneys } from '../independent-journeys.ts';

/** The share of arrivals that need the hot module in a skewed load. */
const hotShare = 0.8;

/** The journeys of a load, in parts that build on nothing before them, so that one bad answer keeps nobody from asking the rest. Pure. */
export function journeysOf(load: ScalingLoad, application: Application, hot: string): Application['journeys'] {
  const { journeys } = independentJourneys(application);
  switch (load) {
    case 'even':
      return journeys;
    case 'skewed': {
      const needing = new Set(endpointsOf(application, hot).hot);
      const parts = Object.entries(journeys).map(([name, journey]) => ({
        ...{ name, journey },
        isHot: journey.steps.some(({ endpoint }) => needing.has(endpoint)),
      }));
      const weightOf = (wanted: boolean): number =>
        parts.reduce((sum, { isHot, journey }) => sum + (isHot === wanted ? journey.weight : 0), 0);
      const scale = (isHot: boolean): number => (isHot ? hotShare : 1 - hotShare) / weightOf(isHot);
      return Object.fromEntries(
        parts.map(({ name, journey, isHot }) => [name, { ...journey, weight: journey.weight * scale(isHot) }]),
      );
    }
    default:
      return load satisfies never;
  }
}
