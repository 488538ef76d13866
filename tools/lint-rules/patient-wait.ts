import type { Rule } from 'eslint';

/** By default `vi.waitFor` gives up after a second, which is too short where another test uses the machine. */
export const patientWait: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      patience:
        'Say how long to wait: `vi.waitFor(…, 10_000)`. The default of one second is too short on a busy machine.',
    },
  },
  create(context) {
    return {
      CallExpression(node) {
        const { callee } = node;
        const waits =
          callee.type === 'MemberExpression' &&
          callee.object.type === 'Identifier' &&
          callee.object.name === 'vi' &&
          callee.property.type === 'Identifier' &&
          ['waitFor', 'waitUntil'].includes(callee.property.name);
        if (waits && node.arguments.length < 2) context.report({ node, messageId: 'patience' });
      },
    };
  },
};
