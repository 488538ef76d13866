/** The gateway names what to do next in calls of its API: here they are commands. */
const commandsOfCalls: readonly (readonly [RegExp, string])[] = [
  [
    /GET \/v1\/process-definitions\/([^/\s]+)\/start-form shows the form/g,
    'npx procos run $1 asks for it at a terminal',
  ],
  [/GET \/v1\/user-tasks\/([\w:-]+) shows the form/g, 'npx procos complete $1 asks for it at a terminal'],
  [
    /POST \/v1\/process-definitions\/([^/\s]+)\/resume lets it start again/g,
    'Let it start again with: npx procos resume $1',
  ],
  [
    /POST \/v1\/process-definitions\/([^/\s]+)\/resume with instances=true lets it go on/g,
    'Let it go on with: npx procos resume $1 --instances',
  ],
  [/GET \/v1\/deployments/g, 'npx procos deployments'],
  [/GET \/v1\/instances\?process=(\S+)&state=RUNNING/g, 'npx procos ps --process $1'],
  [/ask again with cascade=true/g, 'repeat the command with --cascade'],
  [
    /by instanceId, businessKey or correlation; or send it to all of them with `all`/g,
    'with --instance, --business-key or --correlation; or send it to all of them with --all',
  ],
  [/POST \/v1\/requests/g, 'npx procos run'],
  [/GET \/v1\/process-definitions\/([\w-]+)/g, 'npx procos processes'],
  [/GET \/v1\/process-definitions/g, 'npx procos processes'],
  [/GET \/v1\/instances\/([\w:-]+)/g, 'npx procos show $1'],
  [/DELETE \/v1\/instances\/([\w:-]+)/g, 'npx procos kill $1'],
  [/POST \/v1\/incidents\/([\w:-]+)\/retry/g, 'npx procos retry $1'],
  [/GET \/v1\/requests\/([\w:-]+)/g, 'npx procos show $1'],
  [/GET \/v1\/instances/g, 'npx procos ps --all'],
  [/GET \/v1\/incidents/g, 'npx procos incidents'],
  [/GET \/v1\/user-tasks/g, 'npx procos tasks'],
  [/GET \/v1\/messages/g, 'npx procos messages'],
  [/GET \/v1\/status/g, 'npx procos status'],
  [/POST \/v1\/lint/g, 'npx procos lint'],
];

/** A remedy of the gateway in words of the command line. */
export function inCommands(remedy: string): string {
  return commandsOfCalls.reduce((text, [call, command]) => text.replace(call, command), remedy);
}
