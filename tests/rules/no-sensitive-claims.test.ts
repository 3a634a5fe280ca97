import { noSensitiveClaims } from '../../rules/no-sensitive-claims.ts';
import { runRule } from './run-rule.ts';

runRule(noSensitiveClaims, {
  valid: [
    { name: 'an identifier of what was created', code: `import jwt from 'jsonwebtoken';\nimport { User } from './user.js';\nexport const register = async (name) => {\n  const uid = await User.create({ name });\n  return jwt.sign({ uid }, key);\n};` },
    { name: 'a flag of a record', code: `import { JwtService } from '@nestjs/jwt';\nexport class Auth {\n  constructor(private readonly jwt: JwtService) {}\n  async signIn(username: string) {\n    const user = await this.users.authenticate(username);\n    return this.jwt.sign({ username: user.username, admin: user.admin, member: user.member });\n  }\n}`, filename: 'case.ts' },
    { name: 'a flag of a record that is handed in', code: `import jwt from 'jsonwebtoken';\nexport const issue = (user) => jwt.sign({ sub: user.id, admin: user.admin }, key);` },
    { name: 'the kind of the token', code: `import jwt from 'jsonwebtoken';\nimport { TokenType } from './token-type.js';\njwt.sign({ sub, type: TokenType.ACCESS_TOKEN, use: TokenType.ApiToken }, key, { expiresIn: '5m' });`, files: { 'token-type.js': `export const TokenType = { ACCESS_TOKEN: 'access', ApiToken: 'api' };\n` } },
    { name: 'the kind of the token from a module that is not there', code: `import jwt from 'jsonwebtoken';\nimport { TokenType } from 'company-types';\njwt.sign({ sub, type: TokenType.ACCESS_TOKEN }, key, { expiresIn: '5m' });` },
    {
      name: 'a token inside a token, where the project allows it',
      code: `import jwt from 'jsonwebtoken';
export const issue = (u, google) => jwt.sign({ sub: u.id, accessToken: google.access_token }, KEY);
`,
      options: { allow: ['accessToken'] },
    },
    {
      name: 'the wrapper itself',
      code: `import jwt from 'jsonwebtoken';
export const authorize = (user = {}) => jwt.sign(user, privateKey, { expiresIn: '6h', algorithm: 'RS256' });
`,
      filename: 'security.js',
    },
    {
      name: 'chosen fields',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.send(jwt.sign({ sub: user.id, role: user.role, email: user.email }, KEY)); };
`,
      filename: 'a.js',
    },
    {
      name: 'id of a user',
      code: `const jwt = require('jsonwebtoken');
exports.f = (user) => jwt.sign({ user: user.id }, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'object of chosen fields',
      code: `const jwt = require('jsonwebtoken');
exports.f = (u) => { const user = { id: u.id, name: u.name }; return jwt.sign({ user }, KEY); };
`,
      filename: 'a.js',
    },
    {
      name: `the tutorial's helper, called with chosen fields`,
      code: `const jwt = require('jsonwebtoken');
app.post('/login', (req, res) => { const user = { name: req.body.username }; res.json({ accessToken: generateAccessToken(user) }); });
function generateAccessToken(user) { return jwt.sign(user, KEY, { expiresIn: '15s' }); }
`,
      filename: 'a.js',
    },
    {
      name: 'refreshing in a callback',
      code: `const jwt = require('jsonwebtoken');
app.post('/token', (req, res) => { jwt.verify(req.body.token, KEY, (err, user) => { if (err) return res.sendStatus(403); res.json({ t: jwt.sign({ name: user.name }, KEY) }); }); });
`,
      filename: 'a.js',
    },
    {
      name: 'claims of a verified token again',
      code: `const jwt = require('jsonwebtoken');
app.post('/token', (req, res) => { jwt.verify(req.body.token, KEY, (err, user) => { if (err) return res.sendStatus(403); res.json({ t: jwt.sign({ user }, KEY) }); }); });
`,
      filename: 'a.js',
    },
    {
      name: 'projection',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const user = await prisma.user.findUnique({ where: { id }, select: { id: true, role: true } }); return jwt.sign(user, KEY); };
`,
      filename: 'a.js',
    },
    {
      name: 'mongoose projection',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const found = await User.findById(id, 'name role'); return jwt.sign({ data: found }, KEY); };
`,
      filename: 'a.js',
    },
    {
      name: 'selected fields',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const found = await User.findById(id).select('name role'); return jwt.sign({ data: found }, KEY); };
`,
      filename: 'a.js',
    },
    {
      name: 'password taken out',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const user = await User.findById(id).lean(); delete user.password; return jwt.sign(user, KEY); };
`,
      filename: 'a.js',
    },
    {
      name: 'rest of the record',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const user = await User.findById(id).lean(); const { password, ...safe } = user; return jwt.sign(safe, KEY); };
`,
      filename: 'a.js',
    },
    {
      name: 'pick',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const user = _.pick(await User.findById(id), ['id']); return jwt.sign(user, KEY); };
`,
      filename: 'a.js',
    },
    {
      name: 'flags and times about passwords',
      code: `const jwt = require('jsonwebtoken');
exports.f = (u) => jwt.sign({ sub: u.id, passwordChangedAt: u.passwordChangedAt, hasPassword: !!u.password, tokenVersion: u.tokenVersion, purpose: 'password-reset', mfa: true }, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'profile claims of OpenID Connect',
      code: `const jwt = require('jsonwebtoken');
exports.f = (u) => jwt.sign({ sub: u.id, email: u.email, name: u.name, phone_number: u.phone, address: u.address, birthdate: u.birthdate }, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'encrypted',
      code: `import { EncryptJWT } from 'jose';
export const f = (u) => new EncryptJWT({ password: u.password }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'typed as a chosen shape',
      code: `import jwt from 'jsonwebtoken';
export const f = (payload) => jwt.sign(payload, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'typed as claims',
      code: `import jwt from 'jsonwebtoken';
function f(user: TokenPayload) { return jwt.sign({ ...user }, KEY); }
f(x);
`,
      filename: 'b.ts',
    },
    {
      name: 'typed as Pick',
      code: `import jwt from 'jsonwebtoken';
function f(user: Pick<User, 'id'>) { return jwt.sign({ ...user, n: user.id }, KEY); }
`,
      filename: 'c.ts',
    },
    {
      name: 'a user name',
      code: `const jwt = require('jsonwebtoken');
exports.f = (req, res) => { const { user } = req.body; res.send(jwt.sign({ user }, KEY)); };
`,
      filename: 'a.js',
    },
    {
      name: 'not a JWT',
      code: `const { sign } = require('./cookies');
exports.f = (u) => sign({ password: u.password }, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'csrf and device',
      code: `const jwt = require('jsonwebtoken');
exports.f = (u) => jwt.sign({ sub: u.id, csrf_token: u.csrf, key_id: u.kid, tokenType: 'access', hash: u.sessionHash, token_use: 'id' }, KEY);
`,
      filename: 'a.js',
    },
    {
      name: 'and its callers, once',
      code: `import { issue } from './a.js';
export async function login(id) { return issue(await User.findByPk(id)); }
`,
      filename: 'b.js',
      files: {
        'a.js': `import jwt from 'jsonwebtoken';
export function issue(user) { return jwt.sign({ user }, KEY); }
`,
      },
    },
    {
      name: 'a name that is text',
      code: `import jwt from 'jsonwebtoken';
export function issue(user: string) { return jwt.sign({ user }, KEY); }
`,
      filename: 'c.ts',
    },
    `import jwt from 'jsonwebtoken'; jwt.sign({ sub, pin: 0, passcode: 1 }, key, { expiresIn: '5m' });`,
  ],
  invalid: [
    { name: 'a record that a wrapper finds itself: its own, and not its caller\'s', code: `import jwt from 'jsonwebtoken';\nasync function issue(id, options) {\n  const user = await User.findByPk(id);\n  return jwt.sign(user.toJSON(), KEY, options);\n}\nexport const login = (req) => issue(req.params.id, { expiresIn: '1h' });\n`, errors: [{ message: 'record', line: 4 }] },
    { name: 'a record by its name, from a function that says nothing', code: `import jwt from 'jsonwebtoken';\nexport async function login(mail) {\n  const user = await accounts.byMail(mail);\n  return jwt.sign({ user }, KEY, { expiresIn: '1h' });\n}\n`, errors: [{ message: 'record', line: 4 }] },
    { name: 'a record that was found before: reported where it is signed', code: `import jwt from 'jsonwebtoken';\nexport async function login(id) {\n  const found = await User.findByPk(id);\n  return jwt.sign(found, KEY, { expiresIn: '1h' });\n}\n`, errors: [{ message: 'record', line: 4, column: 19 }] },
    { name: 'a record of a person by another name', code: `import jwt from 'jsonwebtoken';\nexport const issue = async (email) => {\n  const admin = await Admin.findOne({ email });\n  return jwt.sign({ admin }, key);\n};`, errors: ['record'] },
    { name: 'a record inside a record', code: `import jwt from 'jsonwebtoken';\nexport const issue = (user) => jwt.sign({ sub: user.id, profile: user.profile }, key);`, errors: ['record'] },
    {
      name: 'password of a user',
      code: `import jwt from 'jsonwebtoken';
export const issue = (user) => jwt.sign({ sub: user.id, password: user.password }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'hash under another name',
      code: `import jwt from 'jsonwebtoken';
export const issue = (user) => jwt.sign({ sub: user.id, h: user.passwordHash }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'several',
      code: `const jwt = require('jsonwebtoken');
const t = jwt.sign({ id: 1, ssn: person.ssn, creditCard: person.card }, KEY);
`,
      filename: 'a.js',
      errors: ['property', 'property'],
    },
    {
      name: 'shorthand',
      code: `const { sign } = require('jsonwebtoken');
exports.login = (req, res) => { const { email, password } = req.body; res.send(sign({ email, password }, KEY)); };
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'secret of two-factor login',
      code: `import jwt from 'jsonwebtoken';
export const setup = (secret) => jwt.sign({ secret, type: 'totp_setup' }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'another token',
      code: `import jwt from 'jsonwebtoken';
export const issue = (user, google) => jwt.sign({ sub: user.id, accessToken: google.access_token }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'payload in a variable',
      code: `import jwt from 'jsonwebtoken';
export function issue(user) { const payload = { id: user.id, pwd: user.pwd }; return jwt.sign(payload, KEY); }
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'a property that is assigned',
      code: `import jwt from 'jsonwebtoken';
export function issue(user) { const payload = { id: user.id }; payload.apiKey = user.apiKey; return jwt.sign(payload, KEY); }
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'nested',
      code: `import jwt from 'jsonwebtoken';
export const issue = (u) => jwt.sign({ user: { id: u.id, password: u.password } }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'jose builder',
      code: `import { SignJWT } from 'jose';
export const issue = (u) => new SignJWT({ 'urn:pin': 1, pin: u.pin }).setProtectedHeader({ alg: 'HS256' }).sign(KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'environment',
      code: `import jwt from 'jsonwebtoken';
export const issue = (u) => jwt.sign({ sub: u.id, client_secret: process.env.CLIENT_SECRET }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'hashed on the way',
      code: `import jwt from 'jsonwebtoken';
import bcrypt from 'bcrypt';
export const issue = async (u, p) => jwt.sign({ sub: u.id, check: await bcrypt.hash(p, 10) }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'toJSON',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.send(jwt.sign(user.toJSON(), KEY)); };
`,
      filename: 'a.js',
      errors: [{ message: 'record', exploitability: 'depends' }],
    },
    {
      name: 'toObject',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const u = await User.findOne({ email: req.body.email }); res.send(jwt.sign(u.toObject(), KEY)); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'the record itself',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const found = await User.findOne({ where: { email: req.body.email } }); res.send(jwt.sign(found, KEY)); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'spread of the record',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const user = await prisma.user.findUnique({ where: { email: req.body.email } }); res.send(jwt.sign({ ...user }, KEY)); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'spread of the record beside claims',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const account = await prisma.account.findFirst({ where: { email: req.body.email } }); res.send(jwt.sign({ ...account, role: 'x' }, KEY)); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'as a property',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.send(jwt.sign({ user }, KEY)); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'as data',
      code: `const jwt = require('jsonwebtoken');
exports.login = async (req, res) => { const u = await Users.findById(req.body.id).lean(); res.send(jwt.sign({ data: u }, KEY)); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'from a parameter with a type',
      code: `import jwt from 'jsonwebtoken';
export class Auth { issue(user) { if (!user.active) throw new Error('no'); return jwt.sign({ user }, KEY); } }
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'typed entity',
      code: `import jwt from 'jsonwebtoken';
import { User } from './user.entity';
export function issue(user: User) { return jwt.sign({ ...user }, KEY); }
`,
      filename: 'a.ts',
      errors: ['record'],
    },
    {
      name: 'the user of the request',
      code: `const jwt = require('jsonwebtoken');
router.get('/cb', passport.authenticate('google'), (req, res) => { res.redirect('/?t=' + jwt.sign({ user: req.user }, KEY)); });
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'dataValues',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const u = await User.findByPk(id); return jwt.sign(u.dataValues, KEY); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'plain get',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const u = await User.findByPk(id); return jwt.sign(u.get({ plain: true }), KEY); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'row of a query',
      code: `const jwt = require('jsonwebtoken');
exports.f = async (id) => { const result = await pool.query('select * from users where id = $1', [id]); return jwt.sign(result.rows[0], KEY); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'service',
      code: `const jwt = require('jsonwebtoken');
class A { async f(dto) { const u = await this.usersService.findByEmail(dto.email); return jwt.sign({ ...u }, KEY); } }
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'Nest',
      code: `import { JwtService } from '@nestjs/jwt';
export class AuthService {
  constructor(private jwt: JwtService, private users: UsersService) {}
  async login(email: string) { const user = await this.users.findOne({ where: { email } }); return { access_token: this.jwt.sign({ ...user }) }; }
}
`,
      filename: 'a.ts',
      errors: ['record'],
    },
    {
      name: 'wrapper in another file',
      code: `import * as security from './security.js';
export async function login(req, res) { const user = await User.findByPk(req.body.id); res.json({ token: security.authorize(user) }); }
`,
      filename: 'a.js',
      files: {
        'security.js': `import jwt from 'jsonwebtoken';
export const authorize = (user = {}) => jwt.sign(user, privateKey, { expiresIn: '6h', algorithm: 'RS256' });
`,
      },
      errors: ['record'],
    },
    {
      name: 'wrapper in another file, record inside',
      code: `import * as security from './security.js';
export async function login(req, res) { const user = await User.findByPk(req.body.id); const auth = { data: user, bid: 4 }; res.json({ token: security.authorize(auth) }); }
`,
      filename: 'a.js',
      files: {
        'security.js': `import jwt from 'jsonwebtoken';
export const authorize = (user = {}) => jwt.sign(user, privateKey, { expiresIn: '6h', algorithm: 'RS256' });
`,
      },
      errors: ['record'],
    },
    {
      name: 'wrapper in another file, property',
      code: `import * as security from './security.js';
export const setup = (res, secret) => res.json({ token: security.authorize({ secret, type: 'totp' }) });
`,
      filename: 'a.js',
      files: {
        'security.js': `import jwt from 'jsonwebtoken';
export const authorize = (user = {}) => jwt.sign(user, privateKey, { expiresIn: '6h', algorithm: 'RS256' });
`,
      },
      errors: ['property'],
    },
    {
      name: 'wrapper in the same file',
      code: `const jwt = require('jsonwebtoken');
const sign = (payload) => jwt.sign(payload, KEY, { expiresIn: '1h' });
exports.login = async (req, res) => { const user = await User.findOne({ email: req.body.email }); res.send(sign(user.toJSON())); };
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'converted by a function that can be read',
      code: `import * as security from './security.js';
export async function login(req, res) { const user = await UserModel.findByPk(1); const plainUser = security.plain(user); res.json({ token: security.authorize(plainUser) }); }
`,
      filename: 'a.js',
      files: {
        'security.js': `import jwt from 'jsonwebtoken';
export const plain = (data, status = 'success') => ({ status, data });
export const authorize = (user = {}) => jwt.sign(user, privateKey, { expiresIn: '6h', algorithm: 'RS256' });
`,
      },
      errors: ['record'],
    },
    {
      name: 'jwt-simple',
      code: `const jwt = require('jwt-simple');
exports.f = (u) => jwt.encode({ sub: u.id, password: u.password }, KEY, 'HS256');
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'fast-jwt',
      code: `import { createSigner } from 'fast-jwt';
const sign = createSigner({ key: KEY });
export const f = (u) => sign({ sub: u.id, iban: u.iban });
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'hono',
      code: `import { sign } from 'hono/jwt';
export const f = (u) => sign({ sub: u.id, refreshToken: u.refreshToken }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'jws',
      code: `const jws = require('jws');
exports.f = (u) => jws.sign({ header: { alg: 'HS256' }, payload: { sub: u.id, pin: u.pin }, secret: KEY });
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'hapi',
      code: `const Jwt = require('@hapi/jwt');
exports.f = (u) => Jwt.token.generate({ sub: u.id, cvv: u.cvv }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'worker',
      code: `import jwt from '@tsndr/cloudflare-worker-jwt';
export const f = (u) => jwt.sign({ sub: u.id, apiKey: u.apiKey }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'njwt',
      code: `const njwt = require('njwt');
exports.f = (u) => njwt.create({ sub: u.id, password: u.password }, KEY).compact();
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'fastify',
      code: `const fastify = require('fastify')();
fastify.register(require('@fastify/jwt'), { secret: process.env.S });
fastify.post('/t', async (request, reply) => fastify.jwt.sign({ sub: 1, password: request.body.password }));
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'jsrsasign',
      code: `import { KJUR } from 'jsrsasign';
export const f = (u) => KJUR.jws.JWS.sign('HS256', { alg: 'HS256' }, { sub: u.id, password: u.password }, KEY);
`,
      filename: 'a.js',
      errors: ['property'],
    },
    {
      name: 'by the name of a parameter',
      code: `const jwt = require('jsonwebtoken');
exports.f = (user, role) => jwt.sign({ user, role }, KEY);
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'an exported function that puts its argument in',
      code: `import jwt from 'jsonwebtoken';
export function issue(user) { return jwt.sign({ ...user }, KEY); }
`,
      filename: 'a.js',
      errors: ['record'],
    },
    {
      name: 'a function whose parameter says nothing',
      code: `import { issue } from './a.js';
export async function login(id) { return issue(await User.findByPk(id)); }
`,
      filename: 'b.js',
      files: {
        'a.js': `import jwt from 'jsonwebtoken';
export function issue(data) { return jwt.sign({ data }, KEY); }
`,
      },
      errors: ['record'],
    },
    {
      name: 'reported at the property itself',
      code: `import jwt from 'jsonwebtoken';
const payload = {
  sub: user.id,
  password: user.password,
};
jwt.sign(payload, KEY);
`,
      errors: [{ message: 'property', line: 4, column: 3, text: 'a password (\`password\`)', exploitability: 'depends' }],
    },
    {
      name: 'personal data, where asked for',
      code: `import jwt from 'jsonwebtoken';
export const issue = (u) => jwt.sign({ sub: u.id, email: u.email }, KEY);
`,
      options: { personal: true },
      errors: [{ message: 'property', text: 'personal data (\`email\`)' }],
    },
    { name: 'numbers', code: `import jwt from 'jsonwebtoken'; jwt.sign({ sub, pin: 4711, ssn: 123456789 }, key, { expiresIn: '5m' });`, errors: 2 },
    { name: 'the token of an account', code: `import jwt from 'jsonwebtoken';\njwt.sign({ sub, via: account.accessToken }, key, { expiresIn: '5m' });`, errors: [{ message: 'property', text: '\`accessToken\`' }] },
  ],
});
