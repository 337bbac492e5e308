import { requestsPerJourney, type HopsMeasurement } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { aggregateHops } from './aggregate.ts';

/** Samples traces under the experiment's load and says where a request's time goes, by edge and by endpoint. */
export async function measureHops(context: ProbeContext): Promise<HopsMeasurement | null> {
  const settings = context.experiment.probes.hops;
  if (settings === null) return null;
  const { deployment } = context;
  const controls = deployment.units.map((unit) => deployment.control(unit.name));
  // What earlier loads left behind does not belong to this one.
  await Promise.all(controls.map((control) => control.traces()));
  await startLoad(context, { phase: 'hops', durationMs: settings.durationMs, traceShare: settings.traceShare }).done;
  const spans = (await Promise.all(controls.map((control) => control.traces()))).flatMap((answer) => answer.spans);
  const requests = spans.filter((span) => span.kind === 'server' && span.caller === null).length;
  return aggregateHops(spans, requests / requestsPerJourney(deployment.application));
}
