import {
  replacementInWords,
  faultInWords,
  own,
  type Application,
  type ExploreCause,
  type ExploreReplacement,
  type ExploreVisitors,
  type VisitedEndpoint,
} from '../../engine/model/index.ts';

/** Who lost requests, in one sentence; `replacement`: the last one by hand. Pure. */
export function sufferingInWords(
  { since, endpoints }: ExploreVisitors,
  replacement: ExploreReplacement | null,
  application: Application,
): string {
  const begin = since === null ? '' : `${causeInWords(since.cause, replacement)}: `;
  const visited = endpoints.filter(({ asked }) => asked > 0);
  const suffering = visited.filter(({ failed }) => failed > 0);
  if (visited.length === 0) return `${begin}${since === null ? 'The' : 'the'} next visitors are on their way.`;
  if (suffering.length === 0)
    return since === null ? 'Every request gets a good answer.' : `${begin}every request has had a good answer since.`;
  if (suffering.length === visited.length && visited.length > 1) return `${begin}requests of every kind failed.`;
  const names = suffering.map(({ name }) => own(application.endpoints, name)?.title ?? name).join(', ');
  return `${begin}${names} failed, nothing else did.`;
}

function causeInWords(cause: ExploreCause, replacement: ExploreReplacement | null): string {
  if (cause.kind === 'fault') return faultInWords(cause.fault);
  const end = replacement?.end ?? null;
  return replacementInWords(cause.replacement, end === null ? 'under-way' : end.problem === null ? 'done' : 'failed');
}

/** What visitors got from one kind of request. Pure. */
export function visitsInWords({ asked, failed }: VisitedEndpoint): string {
  if (asked === 0) return 'nobody got this far';
  return failed === 0 ? `all ${asked} good` : `${failed} of ${asked} failed`;
}
