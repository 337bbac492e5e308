import type { ReactNode } from 'react';
import {
  associationInWords,
  couplingInWords,
  modulesOver,
  partTitle,
  reachInWords,
  type StructureNumbers,
} from '../../../engine/evaluation/index.ts';
import type { Result } from '../../../engine/model/index.ts';
import { formatBytes, formatCount, formatNumber, formatShare, plural, trimZeros } from '../../format/index.ts';
import { DataTable, type Column } from '../../part/data-table.tsx';
import { Fold } from '../../part/fold.tsx';
import { Section } from '../../part/section.tsx';
import { Termed } from '../../part/termed.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { ColumnNotes } from './column-notes.tsx';
import { reachesOf, structuresOf, type StructureView } from './data.ts';
import { ReachTable } from './reach-table.tsx';

const lead =
  'What each unit answers for and whom it depends on: counted in the programs as they were bundled, and in the calls that the manifest declares. Calls inside a unit do not count as coupling.';

/** What the units are made of and have to do with each other, and how far changes reach; left out where nobody looked. */
export function StructureSection({ result }: { result: Result }) {
  const views = structuresOf(result);
  if (views.length === 0) return null;
  return (
    <Section id="structure" title="Structure" lead={lead}>
      <ul>
        {views.map(({ variant, units }) => (
          <li key={variant.name}>{couplingInWords(variant.title, result.application, units)}</li>
        ))}
      </ul>
      <DataTable
        caption="Units by variant"
        quiet
        className="cr-structure"
        columns={[{ key: 'unit', title: 'Unit' }, { key: 'modules', title: 'Modules' }, ...numberColumns]}
        rows={views.flatMap((view) => [headingOf(view), ...view.units.map((unit) => unitRow(view, unit))])}
      />
      <ColumnNotes usageKnown={views.some(({ units }) => units.some(({ usage }) => usage !== null))} />
      <Fold title="By module">
        <DataTable
          caption="Modules, whatever the cut"
          quiet
          columns={[{ key: 'module', title: 'Module' }, ...numberColumns]}
          rows={modulesOver(views).map((module) => ({
            key: partTitle(module),
            cells: [partTitle(module), ...numberCells(module)],
          }))}
        />
      </Fold>
      <Reach result={result} views={views} />
    </Section>
  );
}

const numberColumns: Column[] = [
  { key: 'lines', title: 'Lines', numeric: true },
  { key: 'operations', title: 'Operations', numeric: true },
  { key: 'packages', title: 'Packages', numeric: true },
  { key: 'bundle', title: 'Program', numeric: true },
  { key: 'consumers', title: 'Called by', numeric: true },
  { key: 'providers', title: 'Calls', numeric: true },
  { key: 'instability', title: <Termed>Instability</Termed>, numeric: true },
  { key: 'usage', title: 'Used of it', numeric: true },
  { key: 'in', title: 'In a journey', numeric: true },
  { key: 'out', title: 'Out a journey', numeric: true },
];

function headingOf({ variant, units }: StructureView) {
  return {
    key: `${variant.name}/`,
    className: 'cr-group',
    cells: [
      <VariantTag key="tag" index={variant.index} title={variant.title} />,
      plural(units.length, 'unit'),
      ...numberColumns.map(() => ''),
    ],
  };
}

function unitRow({ variant, imageBytes }: StructureView, unit: StructureNumbers) {
  return {
    key: `${variant.name}/${unit.name}`,
    cells: [partTitle(unit), unit.modules.join(', '), ...numberCells(unit, imageBytes.get(unit.name))],
  };
}

/** `imageBytes`: of the image that it was deployed from, where it was. */
function numberCells(one: StructureNumbers, imageBytes?: number): ReactNode[] {
  return [
    formatCount(one.lines),
    one.operations === null ? 'unknown' : formatCount(one.operations),
    one.program === null ? (
      '–'
    ) : (
      <Over key="packages" below={formatBytes(one.program.dependencyBytes)}>
        {String(one.program.packages.length)}
      </Over>
    ),
    one.program === null ? '–' : <Program key="program" bytes={one.program.bundleBytes} imageBytes={imageBytes} />,
    String(one.consumers.length),
    String(one.providers.length),
    one.instability === null ? '–' : trimZeros(formatNumber(one.instability, 2)),
    one.consumers.length === 0 ? '–' : one.usage === null ? 'unknown' : formatShare(one.usage, 0),
    <Calls key="in" declared={one.callsIn} seen={one.seenIn} />,
    <Calls key="out" declared={one.callsOut} seen={one.seenOut} />,
  ];
}

/** Below it the image that it is in. */
function Program({ bytes, imageBytes }: { bytes: number; imageBytes: number | undefined }) {
  const told = formatBytes(bytes);
  return imageBytes === undefined ? told : <Over below={formatBytes(imageBytes)}>{told}</Over>;
}

/** As declared, and below it as it was seen. */
function Calls({ declared, seen }: { declared: number | null; seen: number | null }) {
  const told = declared === null ? 'unknown' : trimZeros(formatNumber(declared, 2));
  return seen === null ? told : <Over below={`${trimZeros(formatNumber(seen, 2))} seen`}>{told}</Over>;
}

function Over({ children, below }: { children: string; below: string }) {
  return (
    <>
      {children}
      <div className="cr-under">{below}</div>
    </>
  );
}

function Reach({ result, views }: { result: Result; views: readonly StructureView[] }) {
  const reaches = reachesOf(result);
  const reasons = views.filter(({ changesReason }) => changesReason !== null);
  if (reaches.length === 0 && reasons.length === 0) return null;
  return (
    <>
      <h3>How far changes reach</h3>
      <p>
        <Termed>
          Each change that the manifest names, made to the source and bundled: whoever gets another program by it must
          be built anew. A change after another one counts from there on. Contract checks are those that the edited
          modules have to pass: all examples of their contracts. Where a change was released, it is said below the units
          how many of them had to go out at once for everybody to be served.
        </Termed>
      </p>
      {reasons.map(({ variant, changesReason }) => (
        <p key={variant.name}>{`${variant.title}: not told, ${changesReason}`}</p>
      ))}
      {reaches.length === 0 ? null : <ReachTable reaches={reaches} views={views} />}
      <ul>
        {views.map(({ variant, summary, units }) =>
          summary === null ? null : (
            <li key={variant.name}>{`${reachInWords(variant.title, summary, units.length)}.`}</li>
          ),
        )}
      </ul>
      <Fold title="Whether numbers of a module foretell how far its changes reach">
        <p className="cr-quiet">
          Spearman’s rank correlation over the changes, with a bootstrap interval; each is judged alone. The changes
          were named to show each kind, not drawn at random: this describes them and no others.
        </p>
        <ul className="cr-quiet">
          {views.flatMap(({ variant, associations }) =>
            associations.map((one) => (
              <li key={`${variant.name}/${one.of}/${one.foretells}`}>{`${associationInWords(variant.title, one)}.`}</li>
            )),
          )}
        </ul>
      </Fold>
    </>
  );
}
