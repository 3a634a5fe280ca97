import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';
import { nodesOf } from '../../src/analysis/call-nodes.ts';
import { readJoseText, readMsText } from '../../src/analysis/time.ts';
import type { UnionValue, Value } from '../../src/analysis/value.ts';
import { analysed } from './parsed.ts';

/** What the expression is read as that a program keeps in `result`. */
function reading(code: string): string {
  const { file, reader } = analysed(code);
  for (const node of nodesOf(file)) {
    if (node.type === AST_NODE_TYPES.AssignmentExpression && node.left.type === AST_NODE_TYPES.Identifier && node.left.name === 'result') return inWords(reader.evaluate(node.right, file));
  }
  throw new Error('a program keeps something in `result`');
}

/** How the alternatives came about. */
const JOINTS: Readonly<Record<UnionValue['how'], string>> = { condition: ' or ', fallback: ' else ', writes: ' or later ', default: ' by default ' };

/** A value as text: what is written out as it is, `?` and the reason for what cannot be seen. */
function inWords(value: Value): string {
  switch (value.kind) {
    case 'primitive': return typeof value.value === 'string' ? `'${value.value}'` : String(value.value);
    case 'regexp': return `pattern ${value.pattern} ${value.flags}`;
    case 'array': return `[${[...value.elements.map(inWords), ...(value.open ? ['…'] : [])].join(', ')}]`;
    case 'object': return `{ ${[...[...value.entries].map(([name, entry]) => `${name}${entry.definite ? '' : '?'}: ${inWords(entry.value)}`), ...(value.open ? ['…'] : [])].join(', ')} }`;
    case 'union': return value.members.map(inWords).join(JOINTS[value.how]);
    case 'text': return `text of ${value.parts.map(inWords).join(' and ')}`;
    case 'duration-text': return `a number of ${value.unit}`;
    case 'instant': return `now${value.offset === undefined ? ' and something' : ` + ${String(Math.round(value.offset * 1000) / 1000)} seconds`}, as ${value.unit}`;
    case 'environment': return `${value.guaranteed ? 'demanded ' : ''}variable ${value.name ?? '?'}`;
    case 'configuration': return `${value.guaranteed ? 'demanded ' : ''}setting ${value.name ?? '?'}`;
    case 'bytes': return `${value.length === undefined ? '' : `${value.length} `}bytes of ${value.from ? inWords(value.from) : '?'}`;
    case 'api': return `${value.library} ${value.path}`.trim();
    case 'parameter': return ['parameter', value.index, ...value.path].join(' ');
    case 'unknown': return `? ${value.because}${(value.parameters ?? []).map((parameter) => ` (${inWords(parameter)})`).join('')}`;
    default: return value.kind;
  }
}

type Row = readonly [code: string, read: string];

const read = (code: string, expected: string): void => {
  expect(reading(code)).toBe(expected);
};

describe('what functions give', () => {
  it.each<Row>([
    ["function pick(name) { switch (name) { case 'a': return 1; default: return 2; } }\nresult = pick(flag);", '1 or 2'],
    ["function pick(name) { switch (name) { case 'a': break; default: return 2; } }\nresult = pick(flag);", '2 or undefined'],
  ])('%s', read);
});

describe('bytes', () => {
  it.each<Row>([
    ['result = new Uint8Array(32);', '32 bytes of ?'],
    ['result = new Uint8Array([1, 2]);', 'bytes of [1, 2]'],
  ])('%s', read);
});

describe('text', () => {
  it.each<Row>([
    ["result = ' secret '.trim();", "'secret'"],
    ["result = 'hs256'.toUpperCase();", "'HS256'"],
    ["result = 'HS256'.toLowerCase();", "'hs256'"],
    ["result = 'secret'.toString();", "'secret'"],
    ["result = 'secret'.valueOf();", "'secret'"],
    ["result = 'https://'.concat('login', '.example');", "'https://login.example'"],
    ["result = 'ab'.repeat(3);", "'ababab'"],
    ["result = 'ab'.repeat(0);", "''"],
    ["result = 'ab'.repeat(-1);", '? it is computed'],
    ["result = 'ab'.repeat(2048);", '? it is computed'],
    ["result = 'ab'.repeat(process.env.TIMES);", '? it is computed'],
    ["result = 'ab'.repeat(1_000_000);", '? it is computed'],
    ["result = 'Bearer'.slice(0, 4);", "'Bear'"],
    ["result = 'Bearer'.slice(process.env.START);", '? it is computed'],
    ["result = 'HS256,RS256'.split(',');", "['HS256', 'RS256']"],
    ["result = 'HS256,RS256'.split(/,/);", '? it is a list split from text'],
    ["result = 'HS256,RS256'.split(',', 1);", '? it is a list split from text'],
    ["result = 'a-b-c'.replace('-', '+');", "'a+b-c'"],
    ["result = 'a-b-c'.replaceAll('-', '+');", "'a+b+c'"],
    ["result = 'a-b-c'.replace(/-/g, '+');", '? it is replaced in part'],
    ["result = 'a-b-c'.replace('-', process.env.SEPARATOR);", '? it is replaced in part'],
    ["result = '-----BEGIN PUBLIC KEY-----'.replace(/\\\\n/g, '');", "'-----BEGIN PUBLIC KEY-----'"],
    ["result = 'secret'.padEnd(32, '0');", '? it is padded'],
    ["result = 'secret'.padStart(32, '0');", '? it is padded'],
    ["result = 'secret'.charAt(0);", '? it is computed'],
    ['result = (3600).toString();', "'3600'"],
    ['result = (255).toString(16);', '? it is computed'],
    ['result = (3600).toFixed();', '? it is computed'],
    ['result = process.env.JWT_SECRET.trim();', 'variable JWT_SECRET'],
    ["import env from 'env-var';\nresult = env.get('JWT_SECRET').default('spare').asString();", "variable JWT_SECRET else 'spare'"],
    ["import env from 'env-var';\nresult = env.get('JWT_SECRET').required().asString();", 'demanded variable JWT_SECRET'],
    ["if (!process.env.JWT_SECRET) throw new Error('no key');\nresult = process.env.JWT_SECRET;", 'demanded variable JWT_SECRET'],
    ["if (!process.env.JWT_SECRET) throw new Error('no key');\nresult = process.env.OTHER_SECRET;", 'variable OTHER_SECRET'],
    ["result = process.env.ALGORITHMS.split(',');", '? it is a list split from text'],
    ["result = process.env.ISSUER.concat('/');", "text of variable ISSUER and '/'"],
    ['result = process.env.JWT_SECRET.at(0);', '? it is made from text'],
    ["result = Buffer.from('secret').toString();", "bytes of 'secret'"],
    ["result = Buffer.from('secret').subarray(0, 3);", '? it is a part of some bytes'],
    ["result = Buffer.from('secret').slice(0, 3);", '? it is a part of some bytes'],
    ["result = Buffer.from('secret').readUInt8(0);", '? it is read from bytes'],
    ['result = String.raw`a\\n`;', "'a\\n'"],
    ['result = html`a`;', '? it is made by a template function'],
    ['result = `${process.env.MINUTES}m`;', 'a number of m'],
    ["result = process.env.MINUTES + 'm';", 'a number of m'],
    ['result = `${process.env.PREFIX}m${process.env.SUFFIX}`;', "text of variable PREFIX and 'm' and variable SUFFIX"],
    ['result = `m${process.env.SUFFIX}`;', "text of 'm' and variable SUFFIX"],
    ['result = `${process.env.PREFIX}${true}`;', 'text of variable PREFIX and true'],
    ['result = `a\\n`;', "'a\n'"],
    ['result = `https://${process.env.DOMAIN}/`;', "text of 'https://' and variable DOMAIN and '/'"],
    ["result = 'https://' + process.env.DOMAIN + '/';", "text of 'https://' and variable DOMAIN and '/'"],
  ])('%s', read);
});

describe('lists', () => {
  it.each<Row>([
    ["result = ['HS256'].concat(['RS256'], 'ES256');", "['HS256', 'RS256', 'ES256']"],
    ["const more = load();\nresult = ['HS256'].concat(more);", "['HS256', ? it is given by a function that cannot be seen, …]"],
    ["result = ['HS256'].concat(flag ? ['RS256'] : []);", "['HS256', ? it is added from a list that is not known, …]"],
    ["result = ['HS256'].concat(process.env.ALGORITHM);", "['HS256', variable ALGORITHM]"],
    ["result = ['hs256', 'rs256'].map((name) => name.toUpperCase());", "['HS256', 'RS256']"],
    ["result = ['HS256', 'RS256'].map((name, index) => (index === 0 ? name : 'none'));", "['HS256', 'none']"],
    ["result = ['60', '90'].map(Number);", '? it is mapped by a function that cannot be seen'],
    ["result = ['HS256', 'none'].filter((name) => name !== 'none');", '[…]'],
    ["result = ['HS256', 'none'].slice(1);", '[…]'],
    ["result = ['HS256', 'none'].slice();", "['HS256', 'none']"],
    ["result = [['HS256'], 'RS256'].flat();", "['HS256', 'RS256']"],
    ["result = [['HS256'], process.env.ALGORITHM].flat();", "['HS256', variable ALGORITHM]"],
    ["result = [['HS256'], load()].flat();", "['HS256', ? it is given by a function that cannot be seen, …]"],
    ["result = [[...load()], 'RS256'].flat();", "[? it is spread from a list that is not known, 'RS256', …]"],
    ["result = new Set(['HS256', 'RS256']).values();", "['HS256', 'RS256']"],
    ["result = ['RS256', 'HS256'].sort();", '[…]'],
    ["result = ['HS256'].reverse();", "['HS256']"],
    ["result = ['a', 'b'].join();", "'a,b'"],
    ["result = ['header', 'claims', ''].join('.');", "'header.claims.'"],
    ["result = ['header', undefined, null].join('.');", "'header..'"],
    ["result = ['a', process.env.B].join('.');", "text of 'a' and '.' and variable B"],
    ["result = ['a', 'b'].join(process.env.SEPARATOR);", '? it is joined from a list that is not known'],
    ["result = ['a', ...load()].join('.');", '? it is joined from a list that is not known'],
    ["result = ['HS256'].at(0);", "'HS256'"],
    ["result = ['HS256'].pop();", "'HS256'"],
    ["result = ['HS256', 'RS256'].at(0);", '? it is one of a list'],
    ["result = ['HS256'].find((name) => name === 'none');", '? it is one of a list'],
    ["result = ['HS256', ...load()].shift();", '? it is one of a list'],
    ["result = ['HS256'].lastIndexOf('HS256');", '? it is computed from a list'],
    ["for (const name of ['HS256', 'RS256']) result = name;", "'HS256' or 'RS256'"],
    ["for (const name of ['HS256', ...load()]) result = name;", "'HS256' or ? it is spread from a list that is not known or ? the list may hold more"],
    ["for (const name of names) var kind = 'JWT';\nresult = kind;", "'JWT'"],
    ["result = ['HS256', ...load()].map((name, index) => index);", '[? it is a place in a list that may hold more, ? it is a place in a list that may hold more, …]'],
    ["result = ['HS256', 'RS256'].map((name, index, all) => all.length);", '[2, 2]'],
    ["result = ['HS256'].map((name, index, all, mark = '!') => name + mark);", "['HS256!']"],
  ])('%s', read);
});

const moment = "import moment from 'moment';\n";
const dayjs = "import dayjs from 'dayjs';\n";
const luxon = "import { DateTime, Duration } from 'luxon';\n";
const dateFns = "import { add, addBusinessDays, addDays, addMonths, getTime, getUnixTime, subHours } from 'date-fns';\n";
const ms = "import ms from 'ms';\n";

describe('points and lengths of time', () => {
  it.each<Row>([
    ['result = Date.now();', 'now + 0 seconds, as ms'],
    ['result = new Date();', 'now + 0 seconds, as date'],
    ['result = +new Date();', 'now + 0 seconds, as ms'],
    ['result = ~~(Date.now() / 1000);', 'now + 0 seconds, as s'],
    ['result = ~~new Date();', 'now + 0 seconds, as ms'],
    ['result = ~~7.9;', '7'],
    ["result = ~~'7h';", '? it is computed'],
    ['result = Date.now() / 1000 | 0;', 'now + 0 seconds, as s'],
    ['result = Date.now() | 1;', '? it is computed from the time'],
    ['result = Date.now() / 1000 + 900;', 'now + 900 seconds, as s'],
    ['result = 900 + Date.now() / 1000;', 'now + 900 seconds, as s'],
    ['result = Date.now() + 900_000;', 'now + 900 seconds, as ms'],
    ['result = new Date() - 900_000;', 'now + -900 seconds, as ms'],
    ['result = new Date() + 900;', '? a date is added to text'],
    ["result = Date.now() + '-order';", "text of now + 0 seconds, as ms and '-order'"],
    ["result = Date.now() - '15m';", 'now and something, as ms'],
    ['result = Date.now() + load();', 'now and something, as ms'],
    ['result = 900 - Date.now();', '? it is a span between two times'],
    ['result = Date.now() - Date.now();', '? it is a span between two times'],
    ['result = 1000 / Date.now();', '? it is computed from the time'],
    ['result = Date.now() / 60;', '? it is computed from the time'],
    ['result = Date.now() / 1000 / 1000;', '? it is computed from the time'],
    ['result = Date.now() / 1000 * 1000;', 'now + 0 seconds, as ms'],
    ['result = Date.now() * 0.001;', 'now + 0 seconds, as s'],
    ['result = Date.now() * 1000;', '? it is computed from the time'],
    ['result = Date.now() % 1000;', '? it is compared with the time'],
    ['result = new Date().getTime();', 'now + 0 seconds, as ms'],
    ['result = new Date().toISOString();', '? it is a date as text'],
    ['result = new Date().getDay();', '? it is a part of a date'],
    ['result = new Date().setHours(24);', 'now and something, as ms'],
    ['const until = new Date();\nuntil.setDate(until.getDate() + 2);\nresult = until;', 'now + 172800 seconds, as date'],
    ['const until = new Date();\nuntil.setHours(new Date().getHours() - 2);\nresult = until;', 'now + -7200 seconds, as date'],
    ['const until = new Date();\nuntil.setDate(31);\nresult = until;', 'now and something, as date'],
    ["const until = new Date();\nuntil['setDate'](until['getDate']() + 2);\nresult = until;", 'now + 172800 seconds, as date'],
    ['const until = new Date();\nuntil.setDate(until.getDate() + 2);\nuntil.setHours(until.getHours() + 1);\nresult = until;', 'now + 176400 seconds, as date'],
    ["const until = new Date();\nuntil.setDate(until.getDate() + '2');\nresult = until;", 'now and something, as date'],
    ['const until = new Date();\nuntil.setDate(day + 2);\nresult = until;', 'now and something, as date'],
    ['const until = new Date();\nuntil.setDate(today() + 2);\nresult = until;', 'now and something, as date'],
    ['const until = new Date();\nuntil.setDate(calendar.today.getDate() + 2);\nresult = until;', 'now and something, as date'],
    ['const until = new Date();\nuntil.setYear(until.getYear() + 1);\nresult = until;', 'now and something, as date'],
    ['const until = new Date();\nresult = until;\nuntil.setDate(until.getDate() + 2);', 'now + 0 seconds, as date'],
    ['const until = new Date();\nschedule(until);\nlog(until.getTime());\nregister(until.setDate);\nresult = until;', 'now + 0 seconds, as date'],
    ['const until = new Date();\nuntil.setMinutes(until.getMinutes() * 2);\nresult = until;', 'now and something, as date'],
    ['const until = new Date();\nuntil.setDate(until.getHours() + 2);\nresult = until;', 'now and something, as date'],
    ['const until = new Date();\nif (remember) until.setDate(until.getDate() + 30);\nresult = until;', 'now and something, as date'],
    [`${moment}result = moment();`, 'now + 0 seconds, as date'],
    [`${moment}result = moment().add(7, 'days').unix();`, 'now + 604800 seconds, as s'],
    [`${moment}result = moment().add('days', 7).valueOf();`, 'now + 604800 seconds, as ms'],
    [`${moment}result = moment().add({ hours: 1, minutes: 30 }).toDate();`, 'now + 5400 seconds, as date'],
    [`${moment}result = moment().add({ hours: 1, ...load() }).unix();`, 'now and something, as s'],
    [`${moment}result = moment().add({ hours: load() }).unix();`, 'now and something, as s'],
    [`${moment}result = moment().add({ hours: '1' }).unix();`, 'now and something, as s'],
    [`${moment}result = moment().add({ fortnights: 1 }).unix();`, 'now and something, as s'],
    [`${moment}result = moment().add().unix();`, 'now and something, as s'],
    [`${moment}result = moment().add('7', 'days').unix();`, 'now + 604800 seconds, as s'],
    [`${moment}result = moment(Date.now());`, 'now + 0 seconds, as date'],
    [`${moment}result = moment().add(60_000).unix();`, 'now + 60 seconds, as s'],
    [`${moment}result = moment().add(1, 'fortnight').unix();`, 'now and something, as s'],
    [`${moment}result = moment().add(load(), 'days').unix();`, 'now and something, as s'],
    [`${moment}result = moment().subtract(1, 'h').unix();`, 'now + -3600 seconds, as s'],
    [`${moment}result = moment().add(1, 'M').unix();`, 'now + 2629800 seconds, as s'],
    [`${moment}result = moment().add(1, 'quarter').unix();`, 'now + 7889400 seconds, as s'],
    [`${moment}result = moment().endOf('day').unix();`, 'now and something, as s'],
    [`${moment}result = moment(new Date()).add(1, 'm').unix();`, 'now + 60 seconds, as s'],
    [`${moment}result = moment('2030-01-01').unix();`, 'moment ().unix()'],
    [`${moment}result = moment.duration(2, 'hours').asSeconds();`, '7200'],
    [`${moment}result = moment.duration({ days: 1 }).asMilliseconds();`, '86400000'],
    [`${moment}result = moment.duration(90, 'minutes').as('hours');`, '1.5'],
    [`${moment}result = moment.duration(2, 'fortnights').asSeconds();`, 'moment duration().asSeconds()'],
    [`${moment}result = moment.duration(2, 'hours').as('fortnights');`, 'moment duration().as()'],
    [`${dayjs}result = dayjs().add(2, 'week').unix();`, 'now + 1209600 seconds, as s'],
    [`${luxon}result = DateTime.now().plus({ days: 2 }).toUnixInteger();`, 'now + 172800 seconds, as s'],
    [`${luxon}result = DateTime.utc().minus({ days: 2 }).toMillis();`, 'now + -172800 seconds, as ms'],
    [`${luxon}result = DateTime.utc({ locale: 'en' }).toSeconds();`, 'now + 0 seconds, as s'],
    [`${luxon}result = DateTime.local(2030, 1, 1).toSeconds();`, 'luxon DateTime.local().toSeconds()'],
    [`${luxon}result = Duration.fromObject({ hours: 2 }).as('seconds');`, '7200'],
    [`${luxon}result = Duration.fromMillis(5000).toMillis();`, '5000'],
    [`${dateFns}result = getUnixTime(addDays(new Date(), 2));`, 'now + 172800 seconds, as s'],
    [`${dateFns}result = addDays(new Date(), '2');`, 'now and something, as date'],
    [`${dateFns}result = getUnixTime(new Date('2030-01-01'));`, 'date-fns getUnixTime()'],
    [`${dateFns}result = getTime(subHours(new Date(), 2));`, 'now + -7200 seconds, as ms'],
    [`${dateFns}result = add(new Date(), { minutes: 5 });`, 'now + 300 seconds, as date'],
    [`${dateFns}result = addMonths(new Date(), load());`, 'now and something, as date'],
    [`${dateFns}result = addBusinessDays(new Date(), 2);`, 'now and something, as date'],
    [`${ms}result = ms('2 days');`, '172800000'],
    [`${ms}result = ms('a while');`, 'ms ()'],
    [`${ms}result = ms(process.env.LIFETIME);`, 'ms ()'],
    [`${ms}result = ms(60_000);`, 'ms ()'],
  ])('%s', read);
});

describe('variables and patterns', () => {
  it.each<Row>([
    ["const { secret = 'spare' } = load();\nresult = secret;", "? it is given by a function that cannot be seen by default 'spare'"],
    ["const { secret = 'spare' } = { secret: 'given' };\nresult = secret;", "'given'"],
    ["const { secret = 'spare' } = {};\nresult = secret;", "'spare'"],
    ["const { JWT_SECRET = 'spare' } = process.env;\nresult = JWT_SECRET;", "variable JWT_SECRET by default 'spare'"],
    ["const [first, ...others] = ['HS256', 'RS256'];\nresult = others;", '? it is the rest of a list'],
    ["const [, second] = ['HS256', 'RS256'];\nresult = second;", "'RS256'"],
    ["const { issuer, ...others } = { issuer: 'a', audience: 'b' };\nresult = others;", "{ audience: 'b' }"],
    ["const { [name]: issuer, ...others } = { issuer: 'a', audience: 'b' };\nresult = issuer;", "'a' or 'b'"],
    ['for (const name in options) var last = name;\nresult = last;', '? it is the name of a property'],
    ['for (const name of load()) var last = name;\nresult = last;', '? it comes from a list that is not known'],
    ['let count = 1;\ncount += 1;\nresult = count;', '? it is computed step by step'],
    ['let count = 1;\ncount++;\nresult = count;', '? it is computed step by step'],
    ["let issuer = 'a';\nissuer = 'b';\nresult = issuer;", "'b'"],
    ["let issuer = 'a';\nif (flag) issuer = 'b';\nresult = issuer;", "'a' or later 'b'"],
    ["let issuer;\n({ issuer } = { issuer: 'a' });\nresult = issuer;", "'a'"],
    ["let issuer;\n[issuer] = ['a'];\nresult = issuer;", "'a'"],
    ["let issuer;\nissuer ??= 'a';\nresult = issuer;", "'a'"],
    ["let issuer;\nresult = issuer;\nissuer = 'a';", 'undefined'],
    ["let issuer = 'a';\nif (flag) issuer = 'b';\nissuer = 'c';\nresult = issuer;", "'c'"],
    ["let issuer = 'a';\nissuer = 'b';\nif (flag) issuer = 'c';\nresult = issuer;", "'b' or later 'c'"],
    ["const places = {};\nlet count = 1;\nplaces[count++] = 'a';\nresult = count;", '? it is computed step by step'],
    ["const options = { issuer: 'a' };\noptions.audience = 'b';\nresult = options;", "{ issuer: 'a', audience: 'b' }"],
    ["const names = ['HS256'];\nnames.push('RS256');\nresult = names;", "['HS256', 'RS256']"],
    ["const options = flag ? { issuer: 'a' } : { issuer: 'b' };\noptions.audience = 'c';\nresult = options;", "{ issuer: 'a', audience: 'c' } or { issuer: 'b', audience: 'c' }"],
    ["const { options } = { options: { issuer: 'a' } };\noptions.audience = 'b';\nresult = options;", "{ issuer: 'a', audience: 'b' }"],
    ["function complete(options) {\n  options.audience = 'b';\n  return options;\n}\nresult = complete({ issuer: 'a' });", "{ issuer: 'a', audience: 'b' }"],
    ["function complete(names) {\n  names.push('RS256');\n  return names;\n}\nresult = complete(['HS256']);", "['HS256', 'RS256']"],
    ['declare const secret: string;\nresult = secret;', '? «secret» is not declared in this file'],
    ['declare function load(): string;\nresult = load;', '? it is only declared'],
    ["function name() {\n  return 'a';\n}\nresult = name();", "'a'"],
    ["function name() {\n  return 'a';\n}\nname = () => 'b';\nresult = name();", "'a' or later 'b'"],
    ['try {\n  load();\n} catch (error) {\n  result = error;\n}', '? it is not a plain variable'],
    ["import { JwtService } from '@nestjs/jwt';\nlet jwt: JwtService;\nresult = jwt;", '@nestjs/jwt JwtService#'],
    ["import { JwtService } from '@nestjs/jwt';\nfunction issue(jwt: JwtService) {\n  result = jwt;\n}", '@nestjs/jwt JwtService#'],
    ["['HS256', 'RS256'].forEach((name) => {\n  result = name;\n});", "'HS256' or 'RS256'"],
    ['function issue(claims, secret) {\n  result = secret;\n}', 'parameter 1'],
    ["function issue({ issuer = 'a' }) {\n  result = issuer;\n}", "parameter 0 issuer by default 'a'"],
    ["import config from 'settings';\nconst { issuer = 'a' } = config;\nresult = issuer;", "settings issuer by default 'a'"],
    ["const issue = (secret = 'spare') => secret;\nresult = issue(process.env.JWT_SECRET);", "variable JWT_SECRET by default 'spare'"],
    ["import config from 'config';\nconst issue = (secret = 'spare') => secret;\nresult = issue(config.get('jwt.secret'));", 'demanded setting jwt.secret'],
    ["import nconf from 'nconf';\nconst issue = (secret = 'spare') => secret;\nresult = issue(nconf.get('jwt.secret'));", "setting jwt.secret by default 'spare'"],
    ["let secret = process.env.JWT_SECRET;\nsecret ??= 'spare';\nresult = secret;", "variable JWT_SECRET else 'spare'"],
    ["let secret = process.env.JWT_SECRET;\nif (development) secret ||= 'spare';\nresult = secret;", "variable JWT_SECRET or later variable JWT_SECRET else 'spare'"],
    ["let issuer = 'a';\nissuer ||= 'b';\nresult = issuer;", "'a'"],
    ["function issue(secret) {\n  secret ??= 'spare';\n  return secret;\n}\nresult = issue(process.env.JWT_SECRET);", "variable JWT_SECRET else 'spare'"],
    ["function issue(secret) {\n  ({ secret } = { secret: 'a' });\n  return secret;\n}\nresult = issue('b');", "'a'"],
    ['function issue() {\n  result = arguments;\n}', '? «arguments» is not declared in this file'],
    ["enum Lifetime { Short = 60, Next, Text = 'x', Unknown }\nresult = Lifetime.Next;", '61'],
    ["enum Lifetime { Short = 60, Next, Text = 'x', Unknown }\nresult = Lifetime.Unknown;", '? it is counted on'],
    ["enum Algorithm { 'key-a' = 'HS256' }\nresult = Algorithm['key-a'];", "'HS256'"],
    ['enum Level { Low, High }\nresult = Level.Middle;', 'undefined'],
    ['enum Level { Low, High }\nresult = Level.Low;', '0'],
    ["const pair = (a, b = 'spare') => b;\nresult = pair(1);", "'spare'"],
    ["const pair = (a, b = 'spare') => b;\nresult = pair(...load());", "? it is among spread arguments by default 'spare'"],
    ["const all = (...names) => names;\nresult = all('HS256', 'RS256');", "['HS256', 'RS256']"],
    ["const outer = (issuer) => (audience) => issuer;\nresult = outer('a')('b');", "'a'"],
    ["const outer = (issuer) => (audience) => audience;\nresult = outer('a')('b');", "'b'"],
    ["function name(given) {\n  given = 'b';\n  return given;\n}\nresult = name('a');", "'b'"],
    ["function name(given) {\n  if (flag) given = 'b';\n  return given;\n}\nresult = name('a');", "'a' or later 'b'"],
    ["function name(given) {\n  given += 'b';\n  return given;\n}\nresult = name('a');", '? it is computed step by step'],
  ])('%s', read);
});

describe('operators', () => {
  it.each<Row>([
    ['result = /^eyJ/i;', 'pattern ^eyJ i'],
    ["result = (load(), 'a');", "'a'"],
    ["let issuer;\nresult = (issuer = 'a');", "'a'"],
    ["let issuer = '';\nresult = (issuer ||= 'a');", "'a'"],
    ["let issuer = '';\nresult = (issuer ??= 'a');", "''"],
    ["let issuer = load();\nresult = (issuer += 'a');", '? it is computed'],
    ['let count = 1;\nresult = count++;', '? this kind of expression is not read'],
    ["result = await import('jsonwebtoken');", 'jsonwebtoken'],
    ['result = await import(name);', '? the module is computed'],
    ['result = await import(5);', '? the module is computed'],
    ['result = import.meta.env.JWT_SECRET;', 'variable JWT_SECRET'],
    ["result = { HS256: 'secret' }['HS256'];", "'secret'"],
    ["result = { 256: 'secret' }[256];", "'secret'"],
    ["result = { HS256: 'a', RS256: 'b' }[name];", "'a' or 'b'"],
    ["result = flag ? 'a' : 'b';", "'a' or 'b'"],
    ["result = true ? 'a' : 'b';", "'a'"],
    ["result = '' ? 'a' : 'b';", "'b'"],
    ["result = 'a' && 'b';", "'b'"],
    ["result = '' && 'b';", "''"],
    ["result = load() && 'b';", "undefined or 'b'"],
    ["result = (flag ? 'a' : 0) && 'b';", "0 or 'b'"],
    ["result = (flag ? null : 0) && 'b';", 'null or 0'],
    ["result = (flag ? load() : 0) && 'b';", "undefined or 'b'"],
    ["result = 'a' || 'b';", "'a'"],
    ["result = '' || 'b';", "'b'"],
    ["result = process.env.A || 'b';", "variable A else 'b'"],
    ["result = load() || 'b';", "? it is given by a function that cannot be seen else 'b'"],
    ["var library = library || 'b';\nresult = library;", "'b'"],
    ["result = '' ?? 'b';", "''"],
    ["result = null ?? 'b';", "'b'"],
    ["result = undefined ?? 'b';", "'b'"],
    ["result = process.env.A ?? 'b';", "variable A else 'b'"],
    ["result = ['a'] ?? 'b';", "['a']"],
    ["class Key {\n  #secret;\n  static is(one) {\n    result = #secret in one;\n  }\n}", '? it is a test'],
    ['result = 60 * (flag ? 1 : 24);', '60 or 1440'],
    ['result = (flag ? 1 : 24) * 60;', '60 or 1440'],
    ['result = (flag ? 1 : 24) * (long ? 60 : wide ? 3600 : 86400);', '60 or 3600 or 86400 or 1440 or 2073600'],
    ['result = (flag ? 1 : 24) * (long ? 60 : wide ? 3600 : deep ? 86400 : 1);', '? it is computed'],
    ['result = (process.env.DAYS || 7) * 86400;', '? it is computed else 604800'],
    ['result = 86400 * (process.env.DAYS || 7);', '? it is computed else 604800'],
    ["result = 'https://' + process.env.A + load();", "text of 'https://' and variable A and ? it is given by a function that cannot be seen"],
    ["result = process.env.A + 'm' + load();", 'text of a number of m and ? it is given by a function that cannot be seen'],
    ['result = 5 + load();', '? it is computed'],
    ["result = load() - 'a';", '? it is computed'],
    ['result = load() & 1;', '? it is computed'],
    ['result = load() > 3;', 'true or false'],
    ['result = load() instanceof Error;', 'true or false'],
    ['function issue(days) {\n  result = days * 86400;\n}', '? it is computed (parameter 0)'],
    ['function issue(days) {\n  result = 86400 * days;\n}', '? it is computed (parameter 0)'],
    ['function issue(days) {\n  result = days > 3;\n}', '? it is computed (parameter 0)'],
    ['function issue(days) {\n  result = !days;\n}', '? it is computed (parameter 0)'],
    ["result = 'a' + 1;", "'a1'"],
    ["result = 1 + 'a';", "'1a'"],
    ['result = 1 + 2;', '3'],
    ['result = 3 - 1;', '2'],
    ['result = 7 / 2;', '3.5'],
    ['result = 7 % 4;', '3'],
    ['result = 2 ** 3;', '8'],
    ['result = 5 | 2;', '7'],
    ['result = 1 === 1;', 'true'],
    ['result = 1 !== 1;', 'false'],
    ["result = 'a' !== 'b';", 'true'],
    ['result = 1 < 1;', 'false'],
    ['result = 1 > 1;', 'false'],
    ['result = 1 <= 1;', 'true'],
    ['result = 1 >= 1;', 'true'],
    ['result = 1 << 1;', '? it is computed'],
    ["result = 'a' - 1;", '? it is computed'],
    ["result = 1 - 'a';", '? it is computed'],
    ["result = 'a' < 'b';", '? it is computed'],
    ['result = void 0;', 'undefined'],
    ["result = !'';", 'true'],
    ["result = !'a';", 'false'],
    ['result = !load();', 'true or false'],
    ['result = -5;', '-5'],
    ["result = -'5';", '? it is computed'],
    ['result = -load();', '? it is computed'],
    ["result = +'60';", '60'],
    ['result = +60n;', '? it is computed'],
    ['result = +load();', '? it is computed'],
    ['result = typeof load();', '? it is computed'],
    ['result = -new Date();', '? it is computed'],
    ['result = ~7;', '? it is computed'],
    ['result = ~-7;', '? it is computed'],
    ['result = -~7;', '? it is computed'],
  ])('%s', read);
});

describe('lengths of time as text', () => {
  it.each<readonly [string, number | undefined, number | undefined]>([
    ['15m', 900, 900],
    ['15 minutes', 900, 900],
    ['1.5h', 5400, 5400],
    ['-15m', -900, -900],
    ['+15m', undefined, 900],
    ['- 15m', undefined, -900],
    ['15m ago', undefined, -900],
    ['15 minutes from now', undefined, 900],
    ['-15m ago', undefined, undefined],
    ['+15m from now', undefined, undefined],
    ['900', 0.9, undefined],
    ['15 fortnights', undefined, undefined],
    ['m', undefined, undefined],
    ['', undefined, undefined],
  ])('%s', (text, ms, jose) => {
    expect([readMsText(text), readJoseText(text)]).toEqual([ms, jose]);
  });
});

describe('calls with a spread', () => {
  it.each<Row>([
    ["result = Object.assign({ issuer: 'a' }, ...more);", "{ issuer: 'a' or later ? it is spread from something that is not known, … }"],
    ["result = Object.assign({}, ...[{ issuer: 'a' }, { audience: 'b' }]);", "{ issuer: 'a', audience: 'b' }"],
    ['result = String(...more);', 'text of ? it is among spread arguments'],
    ['result = new Date(...more);', '? it is a date that is not known'],
    [`${moment}result = moment(...more).unix();`, 'moment ().unix()'],
    ["result = ['HS256'].concat(...more);", "['HS256', ? this kind of expression is not read, …]"],
  ])('%s', read);
});
