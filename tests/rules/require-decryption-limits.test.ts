import { requireDecryptionLimits } from '../../rules/require-decryption-limits.ts';
import { runRule } from './run-rule.ts';

const jose = `import { jwtDecrypt } from 'jose';\n`;
const nodeJose = `import jose from 'node-jose';\n`;
const version = (number: string) => ({ versions: { jose: number } });

runRule(requireDecryptionLimits, {
  valid: [
    { code: `${jose}await jwtDecrypt(token, key);`, settings: version('6.2.17') },
    { code: `${jose}await jwtDecrypt(token, key, { keyManagementAlgorithms: ['dir'] });`, settings: version('5.10.0') },
    { code: `${jose}await jwtDecrypt(token, key, { keyManagementAlgorithms: ['dir'] });`, settings: version('4.15.9') },
    { name: 'PBES2 on purpose, within the library\'s limit', code: `${jose}await jwtDecrypt(token, password, { keyManagementAlgorithms: ['PBES2-HS256+A128KW'], maxPBES2Count: 310_000 });`, settings: version('6.2.17') },
    `${nodeJose}await jose.JWE.createDecrypt(key, { algorithms: ['dir', 'A256GCM'] }).decrypt(token);`,
    `${nodeJose}await jose.JWE.createDecrypt(key, { algorithms: ['*', '!PBES2-*'] }).decrypt(token);`,
    { name: 'algorithms of the later call', code: `${nodeJose}await jose.JWE.createDecrypt(key).decrypt(token, { algorithms: ['RSA-OAEP-256', 'A256GCM'] });` },
    `import { getToken } from 'next-auth/jwt';\nawait getToken({ req, secret });`,
    `import jose from 'jose';\njose.JWE.decrypt(token, key);`,
    { name: 'verification', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { maxPBES2Count: 20_000_000 });` },
    { name: 'a look-alike', code: `import { jwtDecrypt } from './own.js';\nawait jwtDecrypt(token, key, { maxPBES2Count: 20_000_000 });` },
    { name: 'a higher limit by option', code: `${jose}await jwtDecrypt(token, key, { maxPBES2Count: 2_000_000 });`, options: { maxIterations: 2_000_000 }, settings: version('6.2.17') },
  ],
  invalid: [
    {
      code: `${nodeJose}const { payload } = await jose.JWE.createDecrypt(key).decrypt(token);\n`,
      errors: [{ message: 'iterations', line: 2, exploitability: 'exploitable', text: '20 million' }],
      output: `${nodeJose}const { payload } = await jose.JWE.createDecrypt(key).decrypt(token, { algorithms: ['*', '!PBES2-*'] });\n`,
    },
    { name: 'PBES2 in the list', code: `${nodeJose}await jose.JWE.createDecrypt(key, { algorithms: ['PBES2-HS256+A128KW', 'A128GCM'] }).decrypt(token);`, errors: [{ message: 'iterations', remedy: null }] },
    { name: 'decompression before 4.15.5', code: `${jose}await jwtDecrypt(token, key, { keyManagementAlgorithms: ['dir'] });`, settings: version('4.15.4'), errors: [{ message: 'decompression', text: '200 MB', exploitability: 'exploitable', remedy: null }] },
    { code: `${jose}await jwtDecrypt(token, key, { maxPBES2Count: 20_000_000 });\n`, settings: version('6.2.17'), errors: [{ message: 'large', column: 47 }], output: `${jose}await jwtDecrypt(token, key, { maxPBES2Count: 1000000 });\n` },
    { code: `${jose}await jwtDecrypt(token, key, { maxDecompressedLength: Infinity });\n`, settings: version('6.2.17'), errors: ['large'], output: `${jose}await jwtDecrypt(token, key, { maxDecompressedLength: 10000000 });\n` },
    { name: 'a limit of one\'s own', code: `${jose}await jwtDecrypt(token, key, { maxPBES2Count: 20_000 });\n`, options: { maxIterations: 10_000 }, settings: version('5.10.0'), errors: [{ message: 'large', text: '10000 at most' }] },
    { name: 'a constant that is shared', code: `${jose}const COUNT = 5_000_000;\nawait jwtDecrypt(token, key, { maxPBES2Count: COUNT });`, settings: version('6.2.17'), errors: [{ message: 'large', line: 2 }], output: `${jose}const COUNT = 5_000_000;\nawait jwtDecrypt(token, key, { maxPBES2Count: 1000000 });` },
    { code: `import { JWE } from 'jose';\nJWE.decrypt(token, key, { maxPBES2Count: 5_000_000 });`, settings: version('2.0.7'), errors: [{ message: 'large', exploitability: 'exploitable' }] },
    { name: 'one of two limits', code: `${jose}await jwtDecrypt(token, key, { maxPBES2Count: legacy ? 5_000_000 : 310_000 });`, settings: version('6.2.17'), errors: [{ message: 'large', text: 'allows 5000000, which', remedy: null }] },
    { name: 'limits in another file', code: `${jose}import { limits } from './limits.js';\nawait jwtDecrypt(token, key, limits);`, files: { 'limits.js': `export const limits = { maxPBES2Count: 5_000_000 };\n` }, settings: version('6.2.17'), errors: [{ message: 'large', line: 3, column: 30, text: 'allows 5000000 (limits.js:1), which', cause: 'limits.js:1', remedy: null }] },
  ],
});
