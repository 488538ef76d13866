// Puts what an app runs on into the folder of its image: compiled files of the app and of our libraries it depends on.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [app, target] = process.argv.slice(2);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** What the app says of itself, compiled: its port and the setting that moves it stand in one place only. */
const { declaration } = await import(`../../apps/${app}/dist/declaration.js`);

/** Files that are no code, read at run time. */
const MODELS = { kernel: ['processes/system'] };

/** Folders of the app and, through its dependencies, of our libraries. */
function foldersOf(folder, found = new Set()) {
  if (found.has(folder)) return found;
  found.add(folder);
  for (const name of Object.keys(readJson(join(folder, 'package.json')).dependencies ?? {})) {
    if (name.startsWith('@procos/')) foldersOf(join('libs', basename(name)), found);
  }
  return found;
}

/** Declarations and fakes of tests serve nobody at run time. */
function runs(path) {
  return !/\.d\.ts(?:\.map)?$|\.tsbuildinfo$/.test(path) && basename(path) !== 'testing';
}

for (const folder of foldersOf(join('apps', app))) {
  mkdirSync(join(target, folder), { recursive: true });
  cpSync(join(folder, 'package.json'), join(target, folder, 'package.json'));
  cpSync(join(folder, 'dist'), join(target, folder, 'dist'), { recursive: true, filter: runs });
}
for (const folder of MODELS[app] ?? []) {
  cpSync(folder, join(target, folder), { recursive: true, filter: (path) => !/\.(?:ts|md)$/.test(path) });
}
for (const file of ['main.mjs', 'image.mjs', 'check-health.mjs'])
  cpSync(join('infra/images', file), join(target, file));
cpSync('LICENSE', join(target, 'LICENSE'));
const { env: portVariable, fallback: port } = declaration.fields.port;
writeFileSync(
  join(target, 'package.json'),
  `${JSON.stringify({ name: `procos-${app}`, private: true, type: 'module', app, port, portVariable })}\n`,
);
