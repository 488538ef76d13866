import type { Tree } from '@nx/devkit';
import { type DeployableOptions, generateDeployable } from './deployable.ts';

/** `nx g @procos/tools:service order-desk` */
export async function service(tree: Tree, { name, port, purpose = 'Answers greetings.' }: DeployableOptions) {
  return generateDeployable(tree, {
    kind: 'service',
    name,
    ...(port === undefined ? {} : { port }),
    purpose,
    mayNot: 'Other apps; REST paths of the engine',
  });
}
