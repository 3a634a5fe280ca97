import { noBrowserClientSecret } from '../../rules/no-browser-client-secret.ts';
import { runRule } from './run-rule.ts';

runRule(noBrowserClientSecret, {
  valid: [
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub }, process.env.JWT_SECRET);`,
    { name: 'a public key may be published', code: `import { importSPKI, jwtVerify } from 'jose'; const key = await importSPKI(process.env.NEXT_PUBLIC_JWT_PUBLIC_KEY, 'RS256'); await jwtVerify(token, key, { algorithms: ['RS256'] });` },
    { name: 'a public key by the algorithm', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env.VITE_JWT_VERIFICATION, { algorithms: ['ES256'] });` },
    { name: 'PUBLIC_KEY on a server', code: `import jwt from 'jsonwebtoken'; jwt.verify(token, process.env.PUBLIC_KEY);` },
    { name: 'a client id is public', code: `const form = new URLSearchParams({ grant_type: 'authorization_code', client_id: process.env.NEXT_PUBLIC_CLIENT_ID, code_verifier: verifier });` },
    { name: 'a client secret on a server', code: `const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'orders', client_secret: process.env.CLIENT_SECRET });` },
    { name: 'decoding needs no key', code: `'use client';\nimport { jwtDecode } from 'jwt-decode'; export const claims = jwtDecode(token);` },
    { name: 'a key set in a browser', code: `'use client';\nimport { createRemoteJWKSet, jwtVerify } from 'jose'; await jwtVerify(token, createRemoteJWKSet(new URL('https://login.example/jwks')), { algorithms: ['RS256'] });` },
    { name: 'a public client', code: `document.querySelector('#login').onclick = () => fetch('/token', { body: JSON.stringify({ grant_type: 'authorization_code', client_id: 'web', client_secret: '' }) });` },
    { name: 'a public client says that it has none', code: `document.querySelector('#login').onclick = () => fetch('/token', { body: JSON.stringify({ grant_type: 'authorization_code', client_id: 'web', client_secret: null }) });` },
  ],
  invalid: [
    { code: `import jwt from 'jsonwebtoken';\nexport const token = jwt.sign({ sub }, process.env.NEXT_PUBLIC_JWT_SECRET);\n`, errors: [{ message: 'published', line: 2, column: 40, exploitability: 'exploitable', text: '`NEXT_PUBLIC_JWT_SECRET` is built into the script that every visitor loads, and here it is used as a signing key' }] },
    { name: 'Vite', filename: 'api.ts', code: `import { SignJWT } from 'jose';\nconst key = new TextEncoder().encode(import.meta.env.VITE_JWT_SECRET);\nexport const issue = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key);\n`, errors: [{ message: 'published', line: 2 }] },
    { name: 'Create React App', code: `const jwt = require('jsonwebtoken');\nconst { REACT_APP_SECRET } = process.env;\njwt.verify(token, REACT_APP_SECRET);\n`, sourceType: 'commonjs', errors: [{ message: 'published', text: 'as a secret' }] },
    { name: 'Expo, a private key', code: `import { importPKCS8 } from 'jose';\nconst key = await importPKCS8(process.env.EXPO_PUBLIC_PRIVATE_KEY, 'RS256');\n`, errors: ['published'] },
    { name: 'a client secret', code: `await fetch('/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'web', client_secret: process.env.REACT_APP_CLIENT_SECRET }) });\n`, errors: [{ message: 'published', text: 'as a client secret' }] },
    { name: 'a client component', filename: 'token.tsx', code: `'use client';\nimport { SignJWT } from 'jose';\nexport const issue = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('orders-signing-key'));\n`, errors: [{ message: 'browser', line: 3, text: 'the signing key it uses' }] },
    { name: 'a script of a page', code: `import { createRoot } from 'react-dom/client';\nimport jwt from 'jsonwebtoken';\nconst user = jwt.verify(localStorage.getItem('token'), 'orders-signing-key');\n`, errors: [{ message: 'browser', line: 3 }] },
    { name: 'a client secret in a page', code: `document.querySelector('#login').onclick = () => fetch('/token', { body: JSON.stringify({ grant_type: 'authorization_code', client_id: 'web', client_secret: 'orders-4b1d' }) });\n`, errors: [{ message: 'browser', text: 'the client secret it uses' }] },
    { name: 'a variable of the build, for a signature', filename: 'issue.tsx', code: `'use client';\nimport { SignJWT } from 'jose';\nexport const issue = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(process.env.JWT_SECRET));`, errors: [{ message: 'browser', exploitability: 'exploitable' }] },
    { name: 'a variable of the build, as a client secret', code: `document.querySelector('#login').onclick = () => fetch('/token', { body: JSON.stringify({ grant_type: 'authorization_code', client_id: 'web', client_secret: process.env.CLIENT_SECRET }) });`, errors: [{ message: 'browser', exploitability: 'exploitable' }] },
    { name: 'Angular', filename: 'auth.service.ts', files: { 'environment.ts': `export const environment = { clientSecret: 'b1946ac92493d2347c6235b4d2611184' };\n` }, code: `import { Injectable } from '@angular/core';\nimport { HttpParams } from '@angular/common/http';\nimport { environment } from './environment';\n@Injectable()\nexport class Auth {\n  body(code: string) { return new HttpParams().set('grant_type', 'authorization_code').set('code', code).set('client_secret', environment.clientSecret); }\n}\n`, errors: [{ message: 'browser', line: 6 }] },
  ],
});
