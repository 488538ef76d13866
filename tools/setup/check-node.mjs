// Imported first by everything that runs before the dependencies are there: says so when Node itself is too old.
const MINIMUM_NODE = 20;

if (Number.parseInt(process.versions.node, 10) < MINIMUM_NODE) {
  process.stderr.write(
    [
      `Node ${process.versions.node} is too old: ${MINIMUM_NODE} or newer is needed to set ProcOS up (it brings its own Node for everything else).`,
      '  Debian, Ubuntu:  https://github.com/nodesource/distributions, then sudo apt-get install nodejs',
      '  macOS:           brew install node',
      '  Windows:         winget install OpenJS.NodeJS.LTS',
      '',
    ].join('\n'),
  );
  process.exit(2);
}
