import path from 'node:path';
import { judgeImport } from './arrows.ts';
import { isTimeless, judgeGlobal, judgeTimePackage } from './clock.ts';
import { judgeLookUp } from './own.ts';

// The few parts of oxlint's plugin interface that these rules need; oxlint publishes no types for them.
interface ImportingNode {
  source?: { type: string; value?: unknown } | null;
}

interface NamedNode {
  type: string;
  name?: string;
}

interface CallNode {
  callee: NamedNode & { object?: NamedNode; property?: NamedNode };
  arguments?: unknown[];
}

interface MemberNode {
  computed: boolean;
  object: NamedNode & { computed?: boolean; property?: NamedNode };
  property: NamedNode;
  parent?: { type: string; left?: unknown } | null;
}

interface RuleContext {
  filename: string;
  cwd: string;
  report(problem: { node: object; message: string }): void;
}

function fileOf(context: RuleContext): string {
  return path.relative(context.cwd, context.filename).replaceAll(path.sep, '/');
}

function onImports(check: (node: ImportingNode, specifier: string) => void) {
  const visit = (node: ImportingNode): void => {
    const specifier = node.source?.value;
    if (typeof specifier === 'string') check(node, specifier);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
  };
}

const arrows = {
  create(context: RuleContext) {
    const file = fileOf(context);
    return onImports((node, specifier) => {
      const message = judgeImport(file, specifier);
      if (message !== undefined) context.report({ node, message });
    });
  },
};

const clock = {
  create(context: RuleContext) {
    if (!isTimeless(fileOf(context))) return {};
    const tell = (node: object, message: string | undefined): void => {
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ...onImports((node, specifier) => tell(node, judgeTimePackage(specifier))),
      CallExpression: ({ callee }: CallNode) => {
        if (callee.type === 'Identifier') tell(callee, judgeGlobal(callee.name ?? ''));
        else tell(callee, judgeGlobal(`${callee.object?.name ?? ''}.${callee.property?.name ?? ''}`));
      },
      NewExpression: (node: CallNode) => {
        if (node.callee.name === 'Date' && (node.arguments?.length ?? 0) === 0) tell(node, judgeGlobal('Date.now'));
      },
    };
  },
};

const own = {
  create(context: RuleContext) {
    const file = fileOf(context);
    return {
      MemberExpression: (node: MemberNode) => {
        const { object, property, parent } = node;
        if (!node.computed || property.type === 'Literal') return;
        if (parent?.type === 'AssignmentExpression' && parent.left === node) return;
        const name =
          object.type === 'Identifier' ? object.name : object.computed === true ? undefined : object.property?.name;
        const message = judgeLookUp(file, name);
        if (message !== undefined) context.report({ node, message });
      },
    };
  },
};

// oxlint loads a plugin by its default export.
export default { meta: { name: 'cleave' }, rules: { arrows, clock, own } };
