import type { Rule } from 'eslint';

/** A named export has one name everywhere, so that it can be found. */
export const noDefaultExport: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { named: 'Export by name: `export function createApp` instead of `export default`.' },
  },
  create(context) {
    return {
      ExportDefaultDeclaration(node) {
        context.report({ node, messageId: 'named' });
      },
    };
  },
};
