import type { Span } from '../deploy/index.ts';
import type { Application } from '../model/index.ts';
import { startLoad, type LoadRequest, type ProbeContext } from './context.ts';

/** How the kit names a caller that is no module. */
export const outside = 'client';

/** A request that came from outside: nobody among the modules called it. */
export function isRoot(span: Span): boolean {
  return span.kind === 'server' && (span.caller === null || span.caller === outside);
}

/** Runs a load and gives what its requests did inside; those that came from outside by the names of their endpoints. */
export async function tracedLoad(
  context: ProbeContext,
  request: LoadRequest & { traceShare: number },
): Promise<Span[]> {
  const { deployment } = context;
  const controls = deployment.units.map((unit) => deployment.control(unit.name, unit.instance));
  // What earlier loads left behind does not belong to this one.
  await Promise.all(controls.map((control) => control.traces()));
  await startLoad(context, request).done;
  const answers = await Promise.all(controls.map((control) => control.traces()));
  const names = endpointNames(deployment.application);
  return answers
    .flatMap(({ spans }) => spans)
    .map((span) => (isRoot(span) ? { ...span, operation: names.get(span.operation) ?? span.operation } : span));
}

/** Endpoint names by what the entry calls them: method and route. */
function endpointNames(application: Application): Map<string, string> {
  return new Map(
    Object.entries(application.endpoints).map(([name, { method, route }]) => [`${method} ${route}`, name]),
  );
}
