import {
  faultInWords,
  own,
  type Application,
  type ExploreVisitors,
  type VisitedEndpoint,
} from '../../engine/model/index.ts';

/** Who lost requests, in one sentence. Pure. */
export function sufferingInWords({ since, endpoints }: ExploreVisitors, application: Application): string {
  const begin = since === null ? '' : `${faultInWords(since.fault)}: `;
  const visited = endpoints.filter(({ asked }) => asked > 0);
  const suffering = visited.filter(({ failed }) => failed > 0);
  if (visited.length === 0) return `${begin}${since === null ? 'The' : 'the'} next visitors are on their way.`;
  if (suffering.length === 0)
    return since === null ? 'Every request gets a good answer.' : `${begin}every request has had a good answer since.`;
  if (suffering.length === visited.length && visited.length > 1) return `${begin}requests of every kind failed.`;
  const names = suffering.map(({ name }) => own(application.endpoints, name)?.title ?? name).join(', ');
  return `${begin}${names} failed, nothing else did.`;
}

/** What visitors got from one kind of request. Pure. */
export function visitsInWords({ asked, failed }: VisitedEndpoint): string {
  if (asked === 0) return 'nobody got this far';
  return failed === 0 ? `all ${asked} good` : `${failed} of ${asked} failed`;
}
