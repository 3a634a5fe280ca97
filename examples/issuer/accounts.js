'use strict';

const { createHash, scryptSync, timingSafeEqual } = require('node:crypto');

const users = [
  {
    id: 'u-1001', username: 'alice', email: 'alice@shop.example', role: 'customer',
    salt: 'f0ec502ea17e85449c98b4f51ef1eee1',
    passwordHash: '8931cb6069167768b8db9034aa3041b3ad09ec4669a1f8b2aca2b56e20254f42',
  },
  {
    id: 'u-1002', username: 'bob', email: 'bob@shop.example', role: 'admin',
    salt: 'db8d8532a5b3da4af46cf041fbf95216',
    passwordHash: '1bb63641f21607a933ab04b1385d2eeddc83cd3638db31d86111f9bbe6625a35',
  },
];

const clients = [
  {
    id: 'orders-api', scope: 'stock:read stock:write',
    secretHash: '931797121e05fb04d351e74925154c12c7f247e9b3bfee0127f31fffcdfc04b9',
  },
];

const same = (hash, hex) => timingSafeEqual(hash, Buffer.from(hex, 'hex'));

exports.userById = (id) => users.find((user) => user.id === id);

exports.userByPassword = (username, password) => {
  const user = users.find((candidate) => candidate.username === username);
  return user && same(scryptSync(String(password), user.salt, 32), user.passwordHash) ? user : undefined;
};

exports.clientBySecret = (id, secret) => {
  const client = clients.find((candidate) => candidate.id === id);
  return client && same(createHash('sha256').update(String(secret)).digest(), client.secretHash) ? client : undefined;
};
