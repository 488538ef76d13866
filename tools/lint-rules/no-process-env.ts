import type { Rule } from 'eslint';

/** The environment is read once, by main.ts through readConfig: everything else is given what it needs. */
export const noProcessEnv: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      useConfig:
        'process.env is read in main.ts only: declare the setting in config.ts (see @procos/config) and take it from the `config` that createApp receives.',
    },
  },
  create(context) {
    const report = (node: Rule.Node) => context.report({ node, messageId: 'useConfig' });
    return {
      MemberExpression(node) {
        const { object, property, computed } = node;
        const isEnv = computed
          ? property.type === 'Literal' && property.value === 'env'
          : property.type === 'Identifier' && property.name === 'env';
        if (isEnv && object.type === 'Identifier' && object.name === 'process') report(node);
      },
      'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]': report,
      'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]': report,
    };
  },
};
