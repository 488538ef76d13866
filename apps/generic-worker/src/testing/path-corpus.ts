/** Ways to write "up". */
const ups = ['..', '../', './..', '../.', '..//', 'a/..', 'a/../..', 'a/b/../../..', '.../..', '.. ', ' ..', '..\t', '．．', '‥', '․․', '。。', '..;', '%2e%2e', '..%00', '%252e%252e', '..%c0%af'];
/** Ways to write the separator. */
const separators = ['/', '//', '\\', '/./', '%2f', '%5c', '∕', '⁄', '／', '＼', '\u0000/'];
const targets = ['outside/secret.txt', 'outside'];

/** Paths that try to leave a folder, each generated from a way up, a separator and a target, plus known tricks. */
export function escapingPaths(): readonly string[] {
  const generated = ups.flatMap((up) => separators.flatMap((separator) => targets.map((target) => `${up}${separator}${target}`)));
  const deep = [1, 2, 3, 5, 10, 30].flatMap((times) => [`${'../'.repeat(times)}etc/passwd`, `${'x/'.repeat(times)}${'../'.repeat(times + 1)}outside/secret.txt`]);
  return [...generated, ...deep, ...known];
}

const known = [
  '/etc/passwd',
  '//etc/passwd',
  '/../etc/passwd',
  '///outside/secret.txt',
  '~/secret.txt',
  '~root/.ssh/id_rsa',
  'C:\\Windows\\win.ini',
  'c:/Windows/win.ini',
  'C:secret.txt',
  '\\\\server\\share\\secret.txt',
  '//server/share/secret.txt',
  '\\\\?\\C:\\secret.txt',
  '\\outside\\secret.txt',
  '..',
  'a/..',
  'link-to-file',
  'link-to-folder',
  'link-to-folder/secret.txt',
  'link-to-folder/new.txt',
  'link-to-root/etc/passwd',
  'link-to-proc/self/environ',
  'folder/link-up/secret.txt',
  'folder/link-up/../outside/secret.txt',
  'link-to-link/secret.txt',
  'dangling-link',
  'dangling-link/new.txt',
  './link-to-folder/./secret.txt',
  'link-to-folder//secret.txt',
  'inside.txt/../../outside/secret.txt',
  'inside.txt/../inside.txt',
  'secret.txt\u0000.png',
  '\u0000',
  'a\u0000/../../outside/secret.txt',
  'a\n../outside/secret.txt',
  'a\r\nb',
  '\u202e../outside/secret.txt',
  '\ud800/secret.txt',
  'x'.repeat(300),
  'x/'.repeat(60) + 'deep.txt',
  'x'.repeat(5_000),
  '',
  '.procos-00000000-0000-0000-0000-000000000000.tmp',
];

/** Ordinary paths that must not be refused. */
export const harmlessPaths: readonly string[] = [
  'a.txt', 'A.TXT', '.hidden', '..a', 'a..', 'a..b', '...a', 'a.b.c', 'with space.txt', ' leading', 'trailing ', 'ümlaut.txt', '日本語.txt', 'emoji-🦊.md',
  'dash-.txt', '-rf', '--help', '$HOME', '${x}', '`id`', '$(id)', 'a;b', 'a&b', 'a|b', 'a*b', 'a?b', 'a"b', "a'b", 'a<b>', '#hash', '%41', '%2e', '@at', '+plus',
  '12:00.txt', 'a=b', 'a,b', '[x]', '{x}', '(x)', 'x~', 'CON', 'nul.txt', 'folder/x', 'folder/sub/x', './a', './/a', 'deep/er/and/deeper/still.txt',
  'x'.repeat(200), 'ü'.repeat(100), `${'d/'.repeat(49)}f`,
  ...Array.from({ length: 60 }, (_, index) => `reports/${2000 + index}/q${(index % 4) + 1} – Übersicht (${index}).csv`),
];
