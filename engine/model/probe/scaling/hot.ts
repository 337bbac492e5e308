import type { Application } from '../../application.ts';
import { own } from '../../own.ts';

/** Endpoints that journeys ask, and those of them that need a module: that cannot answer without it, or, where there are none such, that use it. */
export function endpointsOf(application: Application, hot: string): { all: string[]; hot: string[] } {
  const asked = Object.values(application.journeys).flatMap(({ steps }) => steps.map(({ endpoint }) => endpoint));
  const all = [...new Set(asked)];
  const needOf = (endpoint: string) => own(own(application.endpoints, endpoint)?.needs ?? {}, hot);
  const required = all.filter((endpoint) => needOf(endpoint) === 'required');
  return { all, hot: required.length > 0 ? required : all.filter((endpoint) => needOf(endpoint) !== undefined) };
}
