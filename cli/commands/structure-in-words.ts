import pc from 'picocolors';
import {
  associationInWords,
  couplingInWords,
  modulesOver,
  partTitle,
  reachInWords,
  type Association,
  type ReachSummary,
  type StructureNumbers,
} from '../../engine/evaluation/index.ts';
import {
  changeKindInWords,
  decimalFigure,
  formatBytes,
  formatCount,
  own,
  type Application,
  type StructureMeasurement,
} from '../../engine/model/index.ts';
import { columns, paragraph } from '../summary/index.ts';

/** The structure of one cut, as it is told. */
export interface CutStructure extends Pick<StructureMeasurement, 'changes' | 'changesReason'> {
  cut: string;
  units: StructureNumbers[];
  modules: StructureNumbers[];
  summary: ReachSummary | null;
  associations: Association[];
}

const head = ['', 'lines', 'oper.', 'bundle', 'packages', 'by', 'calls', 'inst.', 'in', 'out'];
const widths = [17, 6, 6, 9, 14, 3, 6, 6, 6, 6];

const notes = [
  'lines: lines of code of its own. oper.: operations of its contract. bundle: bytes of the program. packages: those of others in it, and their bytes there. by: units (modules) that call it, AIS. calls: units (modules) that it calls, ADS. inst.: calls / (by + calls), 0 stable to 1 unstable. in, out: calls of a mean journey that come in and go out, as declared. Calls inside a unit do not count, nor do people at the entry. Which operations a client uses is seen in a comparison that follows requests.',
];

/** Both tables of each cut, as lines of text. Pure. */
export function structureInWords(cuts: readonly CutStructure[], application: Application): string {
  return [
    ...cuts.flatMap(({ cut, units }) => [
      pc.bold(`Units of ${cut}`),
      tableOf(units),
      paragraph(couplingInWords(cut, application, units)),
      '',
    ]),
    pc.bold('Modules'),
    tableOf(modulesOver(cuts)),
    ...notes.map(paragraph),
    '',
    pc.bold('Changes, and how many units get another program by each'),
    reachTable(cuts, application),
    ...cuts.map(({ cut, summary, units, changesReason }) =>
      paragraph(
        summary === null
          ? `${cut}: not told: ${changesReason ?? 'nobody asked'}`
          : reachInWords(cut, summary, units.length),
      ),
    ),
    '',
    pc.bold('Whether numbers of a module foretell how far its changes reach'),
    ...cuts.flatMap(({ cut, associations }) => associations.map((one) => paragraph(associationInWords(cut, one)))),
  ].join('\n');
}

function tableOf(rows: readonly StructureNumbers[]): string {
  return columns(
    [
      head,
      ...rows.map((row) => [
        partTitle(row),
        formatCount(row.lines),
        row.operations === null ? '?' : String(row.operations),
        row.program === null ? '-' : formatBytes(row.program.bundleBytes),
        row.program === null ? '-' : `${row.program.packages.length}, ${formatBytes(row.program.dependencyBytes)}`,
        String(row.consumers.length),
        String(row.providers.length),
        row.instability === null ? '-' : decimalFigure(row.instability, 2),
        calls(row.callsIn),
        calls(row.callsOut),
      ]),
    ],
    widths,
  );
}

const calls = (value: number | null): string => (value === null ? '?' : decimalFigure(value, 2));

function reachTable(cuts: readonly CutStructure[], { changes = {} }: Application): string {
  const names = Object.keys(changes);
  if (names.length === 0) return 'This application names no changes.';
  const each = Math.max(8, Math.floor(42 / Math.max(1, cuts.length)));
  return columns(
    [
      ['change', 'edits', ...cuts.map(({ cut }) => cut)],
      ...names.map((name) => {
        const reach = cuts.map((cut) => cut.changes?.find(({ change }) => change === name));
        const change = own(changes, name);
        return [
          `${change === undefined ? '' : `${changeKindInWords(change.kind)}: `}${name}`,
          reach.find((one) => one !== undefined)?.modules.join(', ') ?? '?',
          ...reach.map((one, index) =>
            one === undefined ? '?' : `${one.units.length} of ${cuts[index]?.units.length}`,
          ),
        ];
      }),
    ],
    [25, 13, ...cuts.map(() => each)],
  );
}
