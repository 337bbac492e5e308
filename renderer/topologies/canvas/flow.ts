import { MarkerType, type Edge, type Node } from '@xyflow/react';
import { languageTitles, own, type Application, type Language, type Topology } from '../../../engine/model/index.ts';
import { markOf } from '../../shared/languages.ts';
import type { LaneEdgeData } from './LaneEdge.tsx';
import { isStacked, layOut, moduleSize, type PlacedCut, type PlacedUnit } from './layout.ts';

export type UnitNode = Node<{ name: string; count: number; instances: number; target: boolean }, 'unit'>;
export type ModuleNode = Node<
  { name: string; title: string; summary: string; selected: boolean; language: Language | null },
  'module'
>;
export type CanvasNode = UnitNode | ModuleNode;

/** The nodes of the canvas: a box for each unit with its modules inside. */
export function nodesOf(application: Application, topology: Topology, placed: readonly PlacedUnit[]): CanvasNode[] {
  const instances = new Map(topology.units.map((unit) => [unit.name, unit.instances ?? 1]));
  return placed.flatMap((unit): CanvasNode[] => [
    {
      id: `unit:${unit.name}`,
      type: 'unit',
      position: { x: unit.x, y: unit.y },
      style: { width: unit.width, height: unit.height },
      width: unit.width,
      height: unit.height,
      data: {
        name: unit.name,
        count: unit.modules.length,
        instances: instances.get(unit.name) ?? 1,
        target: false,
      },
      draggable: false,
      selectable: false,
      focusable: false,
    },
    ...unit.modules.map((module): ModuleNode => ({
      id: `module:${module.name}`,
      type: 'module',
      parentId: `unit:${unit.name}`,
      position: { x: module.x, y: module.y },
      width: moduleSize.width,
      height: moduleSize.height,
      data: {
        name: module.name,
        title: own(application.modules, module.name)?.title ?? module.name,
        summary: own(application.modules, module.name)?.summary ?? '',
        selected: false,
        language: markOf(topology, application, module.name),
      },
      ariaLabel: `Module ${module.name} in unit ${unit.name}${inWords(markOf(topology, application, module.name))}`,
      zIndex: 2,
    })),
  ]);
}

const inWords = (language: Language | null): string => (language === null ? '' : `, in ${languageTitles[language]}`);

/** The call graph; calls that cross units are network calls and look like it. */
export function edgesOf(application: Application, topology: Topology, placed: PlacedCut): Edge[] {
  const boxes = new Map(placed.units.map((unit) => [unit.name, unit]));
  const stacked = new Set(topology.units.filter((unit) => isStacked(unit.modules)).map((unit) => unit.name));
  const home = new Map(topology.units.flatMap((unit) => unit.modules.map((module) => [module, unit.name] as const)));
  return Object.entries(application.modules).flatMap(([name, module]) =>
    module.uses.map((dependency): Edge => {
      const remote = home.get(name) !== home.get(dependency.module);
      const arc = !remote && stacked.has(home.get(name) ?? '');
      return {
        id: `${name}>${dependency.module}`,
        source: `module:${name}`,
        target: `module:${dependency.module}`,
        // Within a stack the arc stays on the right side.
        ...(arc ? { type: 'arc', targetHandle: 'beside' } : { type: 'default', targetHandle: 'in' }),
        ...(remote
          ? laneBetween(placed, boxes.get(home.get(name) ?? ''), boxes.get(home.get(dependency.module) ?? ''))
          : {}),
        focusable: false,
        selectable: false,
        // Under the modules, over the boxes.
        zIndex: -1,
        ariaLabel: `${name} calls ${dependency.module} ${remote ? 'over the network' : 'directly'}`,
        markerEnd: {
          ...{ type: MarkerType.ArrowClosed, width: 16, height: 16 },
          color: remote ? 'var(--accent)' : 'var(--ink-faint)',
        },
        style: remote
          ? { stroke: 'var(--accent)', strokeWidth: 1.6, strokeDasharray: '6 4' }
          : { stroke: 'var(--ink-faint)', strokeWidth: 1.2, opacity: 0.65 },
      };
    }),
  );
}

/** A call that runs through the gaps between boxes, where both ends have a place. */
function laneBetween(
  placed: PlacedCut,
  from: PlacedUnit | undefined,
  to: PlacedUnit | undefined,
): Partial<LaneEdgeData> {
  return from === undefined || to === undefined ? {} : { type: 'lane', data: { placed, from, to } };
}

const nothingPlaced: PlacedCut = { units: [], columns: [], passes: new Map() };

/** Every call of the cut in words, those over the network first; for who hears the page. Pure. */
export function callsInWords(application: Application, topology: Topology): string[] {
  const all = edgesOf(application, topology, nothingPlaced).map(({ ariaLabel }) => ariaLabel ?? '');
  return all.toSorted((a, b) => Number(b.endsWith('network')) - Number(a.endsWith('network')));
}

/** Everything the canvas shows. */
export function flowOf(
  application: Application,
  topology: Topology,
): { placed: PlacedCut; nodes: CanvasNode[]; edges: Edge[] } {
  const placed = layOut(application, topology);
  return { placed, nodes: nodesOf(application, topology, placed.units), edges: edgesOf(application, topology, placed) };
}
