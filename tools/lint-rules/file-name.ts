import { basename } from 'node:path';
import type { Rule } from 'eslint';

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const BANNED = /^(utils?|helpers?|common|managers?|misc)\.|[-](utils?|helpers?|managers?)\./;

/** Kebab-case, and a name that says what is inside. */
export const fileName: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      kebabCase: "The file name '{{name}}' is not in kebab-case: write it like 'read-config.ts'.",
      banned: "The file name '{{name}}' does not say what is inside: name it after its main export.",
    },
  },
  create(context) {
    const name = basename(context.filename);
    return {
      Program(node) {
        if (!KEBAB_CASE.test(name)) context.report({ node, messageId: 'kebabCase', data: { name } });
        else if (BANNED.test(name)) context.report({ node, messageId: 'banned', data: { name } });
      },
    };
  },
};
