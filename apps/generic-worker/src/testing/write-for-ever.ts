// Writes one file again and again, each time with another letter, until it is killed: node write-for-ever.ts <folder> <bytes>
import { writeFile } from '../files/change-files.ts';

const [root = '', bytes = '0'] = process.argv.slice(2);
const size = Number(bytes);
const jail = { root, maxFileBytes: size, quotaBytes: 1_000 * size };
for (let round = 0; ; round++) {
  const content = Buffer.alloc(size, 'abcdefghij'.charCodeAt(round % 10));
  await writeFile(jail, 'sub/victim.txt', { size, chunks: [content] });
  if (round === 0) process.stdout.write('writing\n');
}
