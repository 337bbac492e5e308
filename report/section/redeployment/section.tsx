import { changeKindInWords, type ReleaseAlarm, type Result } from '../../../engine/model/index.ts';
import { endpointTitle } from '../../data/variants.ts';
import { formatBytes, formatMs, formatCount } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Section } from '../../part/section.tsx';
import { VariantLegend, VariantTag } from '../../part/variant-tag.tsx';
import { Contracts } from './contracts.tsx';
import { changesOf, type ChangeView, type ReleaseView } from './data.ts';
import { Overview } from './overview.tsx';
import { releaseSentences } from './sentences.ts';
import { StagesChart } from './stages-chart.tsx';

const lead =
  'Real edits of the source, bundled and built anew, released while people are on it and taken back from the images that were kept. Live is the first answer that shows the change, or the end of the replacement where none can; the bars go on until the last old instance has ended. What was lost is of requests from a second before the edit until the release had been watched, or a second after it was taken back by itself for the harm it did. Live after is cold: nothing of the change was built before. Built before is the same change released once more from its images.';

const withoutMigration =
  'Built before leaves the migration out: taking a release back does not undo what it did to stored data, so that the second release finds it done.';

/** What each change took and cost in each variant; left out where nothing was released. */
export function RedeploymentSection({ result }: { result: Result }) {
  const changes = changesOf(result);
  if (changes.length === 0) return null;
  const variants = [
    ...new Map(changes.flatMap(({ releases }) => releases.map(({ variant }) => [variant.name, variant]))),
  ].map(([, variant]) => variant);
  return (
    <Section id="redeployment" title="From edit to live" lead={lead}>
      <VariantLegend variants={variants} />
      <ul>
        {releaseSentences(result, changes).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <StagesChart changes={changes} />
      <Overview changes={changes} variants={variants} />
      {changes.map((change) => (
        <ChangeTable key={change.name} change={change} result={result} />
      ))}
    </Section>
  );
}

function ChangeTable({ change, result }: { change: ChangeView; result: Result }) {
  const { name, change: named, releases } = change;
  const isWarmKnown = releases.some(({ warmMs }) => warmMs !== null);
  return (
    <>
      <h3>{named?.title ?? name}</h3>
      <p className="cr-quiet">{aboutInWords(change)}</p>
      {isWarmKnown && named?.kind === 'schema-migration' ? <p className="cr-quiet">{withoutMigration}</p> : null}
      <DataTable
        caption={`${named?.title ?? name}, by variant`}
        quiet
        columns={[
          { key: 'variant', title: 'Variant' },
          { key: 'live', title: 'Live after', numeric: true },
          ...(isWarmKnown ? [{ key: 'warm', title: 'Built before', numeric: true }] : []),
          { key: 'images', title: 'Images after', numeric: true },
          { key: 'units', title: 'Another program in' },
          { key: 'bytes', title: 'Bytes', numeric: true },
          { key: 'lost', title: 'Requests lost' },
          { key: 'back', title: 'Taken back in', numeric: true },
        ]}
        rows={releases.map((release) => ({
          key: release.variant.name,
          cells: [
            <VariantTag key="tag" index={release.variant.index} title={release.variant.title} />,
            release.liveMs === null ? 'given up' : formatMs(release.liveMs),
            ...(isWarmKnown ? [release.warmMs === null ? '–' : formatMs(release.warmMs)] : []),
            release.liveMs === null ? '–' : formatMs(release.stages.bundle + release.stages.images),
            release.units.join(', ') || (release.liveMs === null ? '–' : 'none'),
            release.liveMs === null ? '–' : formatBytes(release.bytes),
            lossInWords(release, result),
            release.backMs === null
              ? '–'
              : `${formatMs(release.backMs)}${release.lostBack === null || release.lostBack === 0 ? '' : `, ${formatCount(release.lostBack)} lost`}`,
          ],
        }))}
      />
      <Contracts change={change} result={result} />
    </>
  );
}

/** What it is, what it edits and in which order it went out, as far as that is known; of one that never went live no order is told. */
function aboutInWords({ change: named, modules, releases }: ChangeView): string {
  const went = releases.some(({ liveMs }) => liveMs !== null);
  const order =
    releases[0]?.order === 'callers-first'
      ? 'callers are released first, so that nobody asks any more for what goes'
      : 'providers are released first, so that what is new is there before anybody asks for it';
  return [
    ...(named === null ? [] : [changeKindInWords(named.kind)]),
    ...(went || modules.length > 0 ? [`edits ${modules.join(', ') || 'no module of its own'}`] : []),
    went ? order : 'it never went live',
  ].join('; ');
}

function lossInWords({ lost, asked, lostBy, longestGapMs, refused, noticed }: ReleaseView, result: Result): string {
  const where = lostBy
    .slice(0, 3)
    .map(([endpoint, count]) => `${endpointTitle(result, endpoint)} ${formatCount(count)}`);
  const of = `${formatCount(lost)} of ${formatCount(asked)}`;
  const gap = longestGapMs === null || longestGapMs === 0 ? '' : `; longest gap ${formatMs(longestGapMs)}`;
  const named = where.length === 0 ? of : `${of} (${where.join(', ')}${gap})`;
  if (noticed === null) return named;
  const after = `noticed after ${formatMs(noticed.noticedMs)}, undone after ${formatMs(noticed.wholeMs)}`;
  return refused === null
    ? `${named}; ${alarmInWords(noticed.alarm, result)}${after}`
    : `${named}; it did not get ready, ${after}`;
}

function alarmInWords(alarm: ReleaseAlarm | null, result: Result): string {
  if (alarm === null) return '';
  const { endpoint, what, bad, asked } = alarm;
  return `${formatCount(bad)} of ${formatCount(asked)} of ${endpointTitle(result, endpoint)} ${what === 'errors' ? 'failed' : 'were slow'}, `;
}
