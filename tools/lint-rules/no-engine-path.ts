import type { Rule } from 'eslint';

// First segments of the engine's REST API that no API of ours uses.
const ENGINE_PATH =
  /(^|\/)(engine-rest|external-task|process-instance|process-definition|deployment\/create|history\/(process-instance|activity-instance|variable-instance|incident|external-task-log)|variable-instance|message(?=$|\?))($|[/?])/;
// The root alone is part of the engine's address, which settings and messages name.
const ROOT = /^(https?:\/\/[^/]+)?\/engine-rest\/?$/;

/** Nothing but the engine client knows a REST path of the engine, so that the engine stays exchangeable. */
export const noEnginePath: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      useClient:
        "'{{path}}' is a REST path of the engine: call a method of @procos/engine-client instead, and add one there if it is missing.",
    },
  },
  create(context) {
    const check = (node: Rule.Node, text: unknown) => {
      if (typeof text !== 'string' || /\s/.test(text) || !text.includes('/') || ROOT.test(text)) return;
      if (ENGINE_PATH.test(text)) context.report({ node, messageId: 'useClient', data: { path: text } });
    };
    return {
      Literal(node) {
        if (!node.parent.type.startsWith('Import') && !node.parent.type.startsWith('Export')) check(node, node.value);
      },
      TemplateElement(node: Rule.Node) {
        if (node.type === 'TemplateElement') check(node, node.value.cooked);
      },
    };
  },
};
