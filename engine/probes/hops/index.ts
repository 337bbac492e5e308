import type { Application, HopsMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { aggregateHops, isRoot } from './aggregate.ts';

export const runHops: RunProbe = async ({ context, round, step }) => {
  if (context.experiment.probes.hops === null) return;
  round.hops = await step('Follow requests through the modules', () => measureHops(context));
};

/** Samples traces under the experiment's load and says where a request's time goes, by edge and by endpoint. */
async function measureHops(context: ProbeContext): Promise<HopsMeasurement | null> {
  const settings = context.experiment.probes.hops;
  if (settings === null) return null;
  const { deployment } = context;
  const controls = deployment.units.map((unit) => deployment.control(unit.name, unit.instance));
  // What earlier loads left behind does not belong to this one.
  await Promise.all(controls.map((control) => control.traces()));
  await startLoad(context, { phase: 'hops', durationMs: settings.durationMs, traceShare: settings.traceShare }).done;
  const answers = await Promise.all(controls.map((control) => control.traces()));
  const names = endpointNames(deployment.application);
  const spans = answers.flatMap((answer) =>
    answer.spans.map((span) =>
      isRoot(span) ? { ...span, operation: names.get(span.operation) ?? span.operation } : span,
    ),
  );
  return aggregateHops(spans);
}

/** Endpoint names by what the entry calls them: method and route. */
function endpointNames(application: Application): Map<string, string> {
  return new Map(
    Object.entries(application.endpoints).map(([name, { method, route }]) => [`${method} ${route}`, name]),
  );
}
