/** The environment is read once, by main.ts through readConfig: everything else is given what it needs. */
export const noProcessEnv = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      useConfig:
        'process.env is read in main.ts only: declare the setting in config.ts (see @procos/config) and take it from the `config` that createApp receives.',
    },
  },
  create(context) {
    const report = (node) => context.report({ node, messageId: 'useConfig' });
    return {
      MemberExpression(node) {
        const { object, property, computed } = node;
        const isEnv = computed ? property.value === 'env' : property.name === 'env';
        if (isEnv && object.type === 'Identifier' && object.name === 'process') report(node);
      },
      'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]': report,
      'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]': report,
    };
  },
};
