const folders = [
  '',
  './',
  'reports/',
  'reports/2026/11/',
  'Kunden/Müller & Söhne/',
  'données/été/',
  '資料/',
  'a.b/c.d/',
  'node_modules/@scope/pkg/',
  '.config/',
  'with space/and more /',
  'UPPER/lower/',
  'x/./y/',
  'x//y/',
];
const names = [
  'report',
  'Bericht (Entwurf)',
  'invoice #4711',
  'notes-2026-11-23',
  '..hidden',
  '...',
  'a..b',
  '.env',
  'README',
  '日本語',
  'emoji 🦊',
  "it's",
  '100% sure',
  'a+b=c',
  'x~1',
  '$HOME',
  '%2e%2e',
  'semi;colon',
  'C',
  'aux',
  '~backup',
  'tilde~',
  'comma,separated',
  'e\u0301 decomposed',
  '[draft]',
  '{id}',
  'at@home',
];
const extensions = ['', '.txt', '.pdf', '.tar.gz', '.json~', '.CSV'];

/** Ordinary paths that must not be refused: every folder with every name, by one extension after the other. */
export function benignPaths(count: number): readonly string[] {
  const all = new Set<string>();
  for (let round = 0; round < extensions.length; round++) {
    for (const [index, folder] of folders.entries()) {
      for (const [place, name] of names.entries()) {
        const path = `${folder}${name}${extensions[(round + index + place) % extensions.length] ?? ''}`;
        if (!isNoOrdinaryPath(path)) all.add(path);
      }
    }
  }
  return [...all].slice(0, count);
}

/** What the parts make together that is a way up, or a home folder, by its own right. */
function isNoOrdinaryPath(path: string): boolean {
  return path.startsWith('~') || path.split('/').some((name) => /^\.{2,}$/.test(name));
}
