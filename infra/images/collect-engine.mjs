// Builds the engine and writes down how it is started, for the image: `home` leads to it, `arguments` is for java.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureEngine } from '../../libs/engine-build/src/build-engine.mjs';

const [target] = process.argv.slice(2);
const { home, args } = await ensureEngine({ onProgress: ({ message }) => process.stderr.write(`${message}\n`) });
mkdirSync(target, { recursive: true });
rmSync(join(target, 'home'), { force: true });
symlinkSync(home, join(target, 'home'));
// Java reads quotes and backslashes in such a file; none of the arguments has any.
writeFileSync(join(target, 'arguments'), `${args.join('\n')}\n`);
writeFileSync(
  join(target, 'check-health.sh'),
  `# There is no client for HTTP in the image.
exec 3<>"/dev/tcp/127.0.0.1/\${SERVER_PORT:-8080}" || exit 1
printf 'GET /procos/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3
read -r status <&3
[[ $status == *' 200'* ]]
`,
);
