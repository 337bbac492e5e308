import path from 'node:path';
import { judgeImport } from './arrows.ts';

// The few parts of oxlint's plugin interface that this rule needs; oxlint publishes no types for them.
interface ImportingNode {
  source?: { type: string; value?: unknown } | null;
}

interface RuleContext {
  filename: string;
  cwd: string;
  report(problem: { node: ImportingNode; message: string }): void;
}

const arrows = {
  create(context: RuleContext) {
    const file = path.relative(context.cwd, context.filename).replaceAll(path.sep, '/');
    const check = (node: ImportingNode): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const message = judgeImport(file, specifier);
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

// oxlint loads a plugin by its default export.
export default { meta: { name: 'cleave' }, rules: { arrows } };
