// Puts the packages that an app needs at run time into the folder of its image, at the places where Node looks for them. Not
// by `npm ci --omit=dev --workspace`: that one brings along what only the tests of our libraries need.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

const [target] = process.argv.slice(2);
const readPackage = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Where Node would find a package for a file of that folder. */
function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (basename(folder) !== 'node_modules' && existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === '.') return undefined;
  }
}

/** Packages that have to be there, and those that need not be. */
function needsOf({ dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const isOptional = (name) => name in optionalDependencies || peerDependenciesMeta[name]?.optional === true;
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).map((name) => ({
    name,
    isOptional: isOptional(name),
  }));
}

const copied = new Set();
function collect(folder) {
  for (const { name, isOptional } of needsOf(readPackage(folder))) {
    const found = find(name, folder);
    if (found === undefined && isOptional) continue;
    if (found === undefined) throw new Error(`${name}, which ${folder} needs, is not installed`);
    if (copied.has(found)) continue;
    copied.add(found);
    // A link to a library of ours stays one: its folder is in the image, and collected from there.
    const isOurs = name.startsWith('@procos/');
    const inside = (path) => path === found || !path.slice(found.length).split(sep).includes('node_modules');
    cpSync(found, join(target, found), { recursive: true, verbatimSymlinks: true, filter: inside });
    if (!isOurs) collect(found);
  }
}

for (const room of ['apps', 'libs']) {
  for (const name of readdirSync(join(target, room))) collect(join(room, name));
}
