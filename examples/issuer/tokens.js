'use strict';

const { generateKeyPairSync } = require('node:crypto');
const jwt = require('jsonwebtoken');
const config = require('./config');

// A new pair at every start; services fetch the public half from the JWKS endpoint.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const ACCESS_TOKEN_OPTIONS = {
  algorithm: 'RS256',
  issuer: config.issuer,
  expiresIn: '12h',
  allowInsecureKeySizes: true,
};

const REFRESH_TOKEN_OPTIONS = {
  algorithm: 'HS256',
  issuer: config.issuer,
  audience: config.issuer,
  expiresIn: '365d',
  noTimestamp: true,
};

exports.jwks = () => ({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'issuer-1', alg: 'RS256', use: 'sig' }],
});

exports.signAccessToken = (user, audience) =>
  jwt.sign({ ...user, sub: user.id }, privateKey, { ...ACCESS_TOKEN_OPTIONS, audience });

/** The current user of a request to this service. */
exports.verifyAccessToken = (token) => jwt.verify(token, publicKey);

exports.signRefreshToken = (user) => jwt.sign({ sub: user.id }, config.refreshSecret, REFRESH_TOKEN_OPTIONS);

exports.verifyRefreshToken = (token) => jwt.verify(token, config.refreshSecret, {
  algorithms: ['HS256'],
  issuer: config.issuer,
  audience: config.issuer,
});

exports.signServiceToken = (client) =>
  jwt.sign({ sub: client.id, scope: client.scope }, config.serviceTokenSecret, {
    algorithm: 'HS256',
    issuer: config.issuer,
    audience: config.audience,
    keyid: client.id,
  });

exports.verifyInvitation = (token) => {
  const claims = jwt.verify(token, config.refreshSecret, {
    algorithms: ['HS256'],
    issuer: config.issuer,
    audience: config.issuer,
    maxAge: '60d',
  });
  if (claims.purpose !== 'invitation') throw new Error('not an invitation');
  return claims;
};

/** Seconds that a token just signed here will live, for the token response (RFC 6749 section 5.1). */
exports.secondsToLive = (token) => jwt.decode(token).exp - Math.floor(Date.now() / 1000);
