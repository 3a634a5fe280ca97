import { describe, expect, it } from 'vitest';
import { isRecord } from '../../src/analysis/record-evidence.ts';
import { analysed, hereIn } from './parsed.ts';

/** Whether the argument of `here` is, by its names, a record of a database or the identifier of one. */
function record(code: string): boolean {
  const { file } = analysed(code);
  return isRecord(hereIn(file), file);
}

describe('records, which carry no claims', () => {
  it.each<string>([
    'here(user);', 'here(userId);', 'here(_id);', 'here(existingUser);', 'here(userDoc);',
    'here(await user);', 'here(user!);', 'here(user as object);', 'here(<object>user);', 'here(user satisfies object);', 'here(account?.user);',
    'here(account.user);', 'here(user._doc);', 'const { user, ...rest } = payload;\nhere(user);', 'here(user.dataValues);', 'here(req.params.userId);', 'here(req.userId);',
    'here(user.toJSON());', 'here(user.toObject({ virtuals: false }));', 'here(user.get().toJSON());', 'here(user.stringify());',
    "here(pick(user, ['id']));", 'here(Object.assign({}, user));', 'here(Object.assign(user, account));', 'here(JSON.parse(JSON.stringify(user)));', 'here(String(user.id));', 'here(sanitizeUser(user));',
    'here({ ...user });', 'here({ id: user.id });', 'here({});', "here({ 'id': 1 });",
    'const { password, ...rest } = user;\nhere(rest);', 'const found = { ...user };\nhere(found);', 'const plain = user.toJSON();\nhere(plain);', 'const user = await find();\nhere(user);',
    'function issue(user) { here(user); }', 'try { load(); } catch (user) { here(user); }',
  ])('%s', (code) => {
    expect(record(code)).toBe(true);
  });

  it.each<string>([
    'here(payload);', 'here(claims);', 'here(order);', 'const order = await find();\nhere(order);', 'var found = { ...found };\nhere(found);', 'here(userPayload);', 'here(5);', 'here(() => user);', 'here(users[0]);', 'here(account[user]);',
    'here(req.user);', 'here(ctx.state.user);', 'here(auth.user);', 'here(session.dataValues);', 'here(account.body);', 'here(account.dataValuesOf);',
    'here(user.load());', 'here(toJSON(user));', 'here(payload.toJSON());', 'here(this.toJSON());', 'here(user[toJSON]());',
    "here(pick(payload, ['sub', 'exp']));", 'here(pick());', 'here(pick(...parts));', 'here(Object.assign({}, payload));', 'here(Object.assign({}));', 'here(Object.assign(user, payload));', 'here(Object.assign(...parts));', 'here(merge(user));',
    'here({ ...payload });', 'here({ exp: soon });', "here({ 'exp': soon });", 'here({ [name]: soon });',
    'const { password, ...rest } = payload;\nhere(rest);', 'let user = {};\nuser = claimsOf(token);\nhere(user);', 'const claims = user;\nhere(claims);', 'const plain = payload.toJSON();\nhere(plain);',
    "import { user } from './claims';\nhere(user);", 'class User {}\nhere(User);', 'const userToken = make();\nhere(userToken);', 'function issue(userClaims) { here(userClaims); }',
  ])('not %s', (code) => {
    expect(record(code)).toBe(false);
  });
});
