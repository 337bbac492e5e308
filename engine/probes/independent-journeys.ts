import { endpointMethods, type Application, type Journey, type Step, own } from '../model/index.ts';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * The journeys of an application cut into parts that build on nothing before them, so that one bad request keeps nobody from an endpoint that could have
 * been asked all the same. A step builds on an earlier one that captured a variable it uses, or that changed something under a variable they share (a cart,
 * an order). `perJourney`: arrivals of parts to one arrival of a journey; every endpoint then gets as many requests as before.
 */
export function independentJourneys(application: Application): {
  journeys: Application['journeys'];
  perJourney: number;
} {
  const methods = endpointMethods(application);
  const whole = Object.values(application.journeys);
  const parts = whole.flatMap((journey) =>
    partsOf(journey, (step) => safeMethods.has(own(methods, step.endpoint) ?? 'POST')).map((steps) => ({
      ...journey,
      steps,
    })),
  );
  const weight = (journeys: readonly Journey[]) => journeys.reduce((sum, journey) => sum + journey.weight, 0);
  return {
    journeys: Object.fromEntries(parts.map((part, index) => [`part-${index + 1}`, part])),
    perJourney: weight(parts) / weight(whole),
  };
}

/** The steps of a journey in groups, in order, each with all that its steps build on. */
function partsOf(journey: Journey, isSafe: (step: Step) => boolean): Step[][] {
  const parts: Step[][] = [];
  for (const step of journey.steps) {
    const joined = parts.filter((part) =>
      part.some((earlier) => [...madeBy(earlier, journey, isSafe)].some((name) => uses(step, name))),
    );
    const rest = parts.filter((part) => !joined.includes(part));
    const order = (one: Step) => journey.steps.indexOf(one);
    parts.splice(
      0,
      parts.length,
      ...rest,
      [...joined.flat(), step].toSorted((a, b) => order(a) - order(b)),
    );
  }
  return parts;
}

/** Variables under which later steps may find what this one made. */
function madeBy(step: Step, journey: Journey, isSafe: (step: Step) => boolean): Set<string> {
  const captured = Object.keys(step.capture);
  if (isSafe(step)) return new Set(captured);
  const earlier = journey.steps.slice(0, journey.steps.indexOf(step)).flatMap((one) => Object.keys(one.capture));
  return new Set([...captured, ...[...Object.keys(journey.draw), ...earlier].filter((name) => uses(step, name))]);
}

function uses(step: Step, variable: string): boolean {
  return JSON.stringify(step).includes(`\${${variable}}`);
}
