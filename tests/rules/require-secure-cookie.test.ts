import { requireSecureCookie } from '../../rules/require-secure-cookie.ts';
import { runRule } from './run-rule.ts';

runRule(requireSecureCookie, {
  valid: [
    { name: 'a cookie service of Angular runs in the browser', filename: 'login.ts', code: `import { Component } from '@angular/core';\nexport class Login {\n  done(value: string) { this.cookieService.put('token', value); }\n}\n` },
    `res.cookie('token', token, { httpOnly: true, secure: true, sameSite: 'strict' }); // login`,
    `res.cookie('token', token, { httpOnly: true, secure: process.env.NODE_ENV === 'production', sameSite: 'lax' }); // login`,
    `res.cookie('token', token, cookieOptions); // login`,
    `res.cookie('token', token, { ...cookieOptions, maxAge: 900 }); // login`,
    `res.cookie('theme', theme); res.cookie('XSRF-TOKEN', csrfToken); // token`,
    `res.cookie('token', ''); res.clearCookie('token'); // logout`,
    `const options = { httpOnly: true, secure: true, sameSite: 'lax' }; res.cookie('jwt', value, options);`,
    { name: 'koa hides cookies from scripts by itself', code: `ctx.cookies.set('token', token); // login` },
    `import { redirect } from '@sveltejs/kit'; export const POST = ({ cookies }) => { cookies.set('jwt', value, { path: '/' }); redirect(303, '/'); };`,
    { name: 'no option hides what a script writes', code: `import Cookies from 'js-cookie'; Cookies.set('token', token, { secure: true }); // login` },
    `res.cookie('XSRF-TOKEN', token); // login`,
    `res.cookie('token', token, { httpOnly: true, secure: true, sameSite: true }); // login`,
    `res.cookie('token', token, { httpOnly: true, secure: true, sameSite: mode }); // login`,
  ],
  invalid: [
    { code: `res.cookie('token', token); // login\n`, errors: [{ message: 'open', line: 1, exploitability: 'hardening', text: 'every script in the page can read it' }], output: `res.cookie('token', token, { httpOnly: true, secure: true, sameSite: 'lax' }); // login\n` },
    { code: `res.cookie("jwt", value, {\n  httpOnly: true,\n  maxAge: 900,\n});\n`, errors: [{ message: 'open', text: 'lacks `secure` and `sameSite`' }], output: `res.cookie("jwt", value, {\n  httpOnly: true,\n  maxAge: 900,\n  secure: true,\n  sameSite: "lax",\n});\n` },
    { code: `res.cookie('refreshToken', value, { httpOnly: false, secure: true, sameSite: 'strict' });\n`, errors: [{ message: 'open', text: '`httpOnly`' }], output: `res.cookie('refreshToken', value, { httpOnly: true, secure: true, sameSite: 'strict' });\n` },
    { code: `res.cookie('session', accessToken, { httpOnly: false });\n`, errors: ['open'], output: `res.cookie('session', accessToken, { httpOnly: true, secure: true, sameSite: 'lax' });\n` },
    { name: 'options that others share', code: `const options = { maxAge: 900 };\nres.cookie('jwt', value, options);\n`, errors: [{ message: 'open', remedy: null }], output: null },
    { code: `reply.setCookie('token', token, { path: '/' }); // login\n`, errors: ['open'] },
    { code: `import { cookies } from 'next/headers';\n(await cookies()).set('accessToken', value);\n`, errors: [{ message: 'open', line: 2 }] },
    { code: `import { setCookie } from 'hono/cookie';\nsetCookie(c, 'jwt', value);\n`, errors: ['open'], output: `import { setCookie } from 'hono/cookie';\nsetCookie(c, 'jwt', value, { httpOnly: true, secure: true, sameSite: 'lax' });\n` },
    { code: `ctx.cookies.set('jwt', value, { httpOnly: false });\n`, errors: ['open'] },
    { code: `import jwt from 'jsonwebtoken';\nconst signed = jwt.sign({ sub }, key, { expiresIn: '5m' });\nresponse.cookie('s', signed);\n`, errors: [{ message: 'open', line: 3 }] },
    { name: 'without options after all', code: `res.cookie('jwt', value, undefined);`, errors: [{ message: 'open', text: 'lacks `httpOnly`, `secure` and `sameSite`' }] },
    { name: 'sameSite switched off', code: `res.cookie('jwt', value, { httpOnly: true, secure: true, sameSite: false });\n`, errors: [{ message: 'open', text: 'requests of other sites carry it' }], output: `res.cookie('jwt', value, { httpOnly: true, secure: true, sameSite: 'lax' });\n` },
    { name: 'sameSite left open', code: `res.cookie('jwt', value, { httpOnly: true, secure: true, sameSite: undefined });\n`, errors: ['open'], output: `res.cookie('jwt', value, { httpOnly: true, secure: true, sameSite: 'lax' });\n` },
    { name: 'sent without encryption', code: `res.cookie('jwt', value, { httpOnly: true, sameSite: 'lax' });\n`, errors: [{ message: 'open', text: 'it is sent without encryption too' }], output: `res.cookie('jwt', value, { httpOnly: true, sameSite: 'lax', secure: true });\n` },
    { name: 'switched off by a constant', code: `const readable = false;\nres.cookie('jwt', value, { httpOnly: readable, secure: true, sameSite: 'lax' });\n`, errors: [{ message: 'open', remedy: null }] },
  ],
});
